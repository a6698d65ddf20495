-- What is known of appointment $2, athlete $3, practitioner $4 and clinic $5 before an encounter is
-- opened: one row. By the keys of these tables and screening_newest. Locks: none.
SELECT
	EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $3) AS athlete_known,
	EXISTS (SELECT FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $4)
		AS practitioner_known,
	EXISTS (SELECT FROM clinic WHERE organisation_id = $1 AND clinic_id = $5) AS clinic_known,
	appointment.athlete_id, appointment.state,
	encounter.encounter_id,
	screening.items, screening.outcome,
	coalesce((SELECT granted FROM treatment_consent
		WHERE organisation_id = $1 AND athlete_id = $3
		ORDER BY recorded_at DESC, consent_id DESC LIMIT 1), false) AS treatment_consent
FROM (SELECT $2::uuid AS appointment_id) AS asked
LEFT JOIN appointment ON appointment.organisation_id = $1
	AND appointment.appointment_id = asked.appointment_id
LEFT JOIN encounter ON encounter.organisation_id = $1
	AND encounter.appointment_id = asked.appointment_id
LEFT JOIN LATERAL (
	SELECT array_to_string(items, ' ') AS items, outcome
	FROM screening
	WHERE organisation_id = $1 AND screening.visit_id = asked.appointment_id
	ORDER BY recorded_at DESC, screening_id DESC
	LIMIT 1
) AS screening ON true
