-- Opens the record of appointment $2 (NULL: a walk-in) of athlete $3 at clinic $5 for practitioner $4, as
-- encounter $6, unless it is open or may not be: one row with what is known. Asked twice, it is opened
-- once. One that was opened by the check-in alone is taken over by the practitioner who treats, under the same
-- conditions: a wrong athlete or a cancelled visit changes nothing.
-- encounter_id NULL: nothing was opened, for a reason that the row shows, or because another is
-- opening it this moment. By the keys of these tables, encounter_appointment and screening_newest.
-- Locks: the new row; the encounter's row when it is taken over.
-- A visit of a merged athlete stays under the id that it was booked under; a walk-in is the survivor's.
-- The athlete is told as $3 when it is the same person. $10: the caller, who must work at the clinic, as
-- practitioner $4 must: by it follow the rules of the place and who reads the record; NULL: nobody must.
-- A visit is opened where it is booked: nobody takes it to another place and to the rules of that one.
WITH person AS MATERIALIZED (
	SELECT athlete_id FROM person_ids($1, $3)
), seen AS MATERIALIZED (
	SELECT
		EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $3
			AND erased_at IS NULL) AS athlete_known,
		EXISTS (SELECT FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $4)
			AS practitioner_known,
		$10::uuid IS NULL OR (
			EXISTS (SELECT FROM practitioner WHERE organisation_id = $1
				AND practitioner_id = $4 AND $5::uuid = ANY (clinic_ids))
			AND EXISTS (SELECT FROM practitioner WHERE organisation_id = $1
				AND practitioner_id = $10::uuid AND $5::uuid = ANY (clinic_ids))
		) AS practitioner_fits,
		EXISTS (SELECT FROM clinic WHERE organisation_id = $1 AND clinic_id = $5) AS clinic_known,
		coalesce(appointment.clinic_id = $5, true) AS place_fits,
		coalesce((SELECT $3::uuid FROM person WHERE person.athlete_id = appointment.athlete_id),
			appointment.athlete_id) AS appointment_athlete_id,
		appointment.athlete_id AS booked_for, appointment.state
	FROM (SELECT $2::uuid AS appointment_id) AS asked
	LEFT JOIN appointment ON appointment.organisation_id = $1
		AND appointment.appointment_id = asked.appointment_id
), known AS MATERIALIZED (
	SELECT encounter_id, athlete_id, practitioner_id, clinic_id, opened_by
	FROM encounter
	WHERE organisation_id = $1 AND encounter_id = (SELECT coalesce(
		(SELECT other.encounter_id FROM encounter AS other
			WHERE other.organisation_id = $1 AND other.appointment_id = $2::uuid),
		$6::uuid))
), allowed AS MATERIALIZED (
	SELECT FROM seen
	WHERE athlete_known AND practitioner_known AND practitioner_fits AND clinic_known AND place_fits
		AND ($2::uuid IS NULL
			OR (appointment_athlete_id = $3 AND state NOT IN ('cancelled', 'no_show')))
), taken_over AS (
	UPDATE encounter SET practitioner_id = $4, opened_by = $8
	FROM known, allowed
	WHERE encounter.organisation_id = $1 AND encounter.encounter_id = known.encounter_id
		AND known.opened_by = $9
		AND NOT EXISTS (SELECT FROM note
			WHERE note.organisation_id = $1 AND note.encounter_id = known.encounter_id)
	RETURNING encounter.practitioner_id
), opened AS (
	INSERT INTO encounter (organisation_id, encounter_id, appointment_id, athlete_id, practitioner_id,
		clinic_id, opened_at, opened_by)
	SELECT $1, $6::uuid, $2::uuid, coalesce(booked_for, (SELECT survivor_id FROM athlete_alias
		WHERE organisation_id = $1 AND athlete_alias.athlete_id = $3), $3), $4, $5, $7, $8
	FROM seen, allowed
	WHERE NOT EXISTS (SELECT FROM known)
	ON CONFLICT DO NOTHING
	RETURNING encounter_id, practitioner_id
)
SELECT seen.athlete_known, seen.practitioner_known, seen.clinic_known,
	seen.appointment_athlete_id, seen.state,
	coalesce(known.encounter_id, opened.encounter_id) AS encounter_id,
	CASE WHEN known.athlete_id NOT IN (SELECT person.athlete_id FROM person) THEN known.athlete_id
		ELSE $3 END AS athlete_id,
	coalesce(taken_over.practitioner_id, known.practitioner_id, opened.practitioner_id)
		AS practitioner_id,
	screening.items, screening.outcome,
	coalesce((SELECT granted FROM person
		JOIN treatment_consent ON treatment_consent.organisation_id = $1
			AND treatment_consent.athlete_id = person.athlete_id
		ORDER BY recorded_at DESC, consent_id DESC LIMIT 1), false) AS treatment_consent,
	screening.open_items, seen.practitioner_fits, seen.place_fits
FROM seen
LEFT JOIN known ON true
LEFT JOIN opened ON true
LEFT JOIN taken_over ON true
LEFT JOIN LATERAL (
	SELECT array_to_string(items, ' ') AS items, outcome,
		array_to_string(open_items, ' ') AS open_items
	FROM screening
	WHERE organisation_id = $1 AND screening.visit_id = (SELECT coalesce($2::uuid, $6::uuid))
	ORDER BY recorded_at DESC, screening_id DESC
	LIMIT 1
) AS screening ON true
