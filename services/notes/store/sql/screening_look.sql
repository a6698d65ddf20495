-- Before a screening of athlete $2 for appointment $3, or for encounter $4 (the other is NULL), is kept:
-- one row. The visit is the appointment, or the encounter of a walk-in.
-- of_person: it is one of the athlete, or of a record that is merged with theirs. A visit that was opened, and is
-- cancelled since, can still be screened by its encounter.
-- By athlete_key, appointment_key, encounter_key, encounter_appointment, note_version, screening_newest. Locks: none.
SELECT
	EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	visit.athlete_id, visit.athlete_id IN (SELECT athlete_id FROM person_ids($1, $2)) AS of_person,
	visit.visit_id, visit.appointment_id, coalesce(visit.cancelled, false) AS cancelled,
	EXISTS (SELECT FROM note WHERE organisation_id = $1 AND note.encounter_id = (SELECT visit.encounter_id))
		AS signed,
	(SELECT array_to_string(items, ' ') FROM screening
		WHERE organisation_id = $1 AND screening.visit_id = visit.visit_id AND by_staff
		ORDER BY recorded_at DESC, screening_id DESC LIMIT 1) AS staff_items,
	(SELECT array_to_string(items, ' ') FROM screening
		WHERE organisation_id = $1 AND screening.visit_id = visit.visit_id
		ORDER BY recorded_at DESC, screening_id DESC LIMIT 1) AS items,
	(SELECT birth_date FROM athlete
		WHERE organisation_id = $1 AND athlete.athlete_id = visit.athlete_id) AS birth_date
FROM (VALUES (true)) AS one
LEFT JOIN (
	SELECT appointment_id AS visit_id, appointment_id, athlete_id, state = 'cancelled' AS cancelled,
		(SELECT encounter.encounter_id FROM encounter WHERE encounter.organisation_id = $1
			AND encounter.appointment_id = $3::uuid) AS encounter_id
	FROM appointment
	WHERE organisation_id = $1 AND appointment_id = $3::uuid
	UNION ALL
	SELECT coalesce(appointment_id, encounter_id), appointment_id, athlete_id, false, encounter_id
	FROM encounter
	WHERE organisation_id = $1 AND encounter_id = $4::uuid
) AS visit ON true
LIMIT 1
