-- What decides whether the note of encounter $2 can be signed: one row, or none when
-- there is no such encounter. By encounter_key, note_encounter, appointment_key, treatment_consent_key and
-- screening_newest. Locks: none.
SELECT
	EXISTS (SELECT FROM note WHERE organisation_id = $1 AND encounter_id = $2) AS signed,
	encounter.appointment_id, encounter.athlete_id, encounter.practitioner_id,
	encounter.clinic_id, appointment.ends_at,
	screening.screening_id, screening.outcome,
	coalesce((SELECT granted FROM treatment_consent
		WHERE organisation_id = $1 AND athlete_id = encounter.athlete_id), false)
		AS treatment_consent
FROM encounter
LEFT JOIN appointment ON appointment.organisation_id = $1
	AND appointment.appointment_id = encounter.appointment_id
LEFT JOIN LATERAL (
	SELECT screening_id, outcome
	FROM screening
	WHERE organisation_id = $1 AND screening.appointment_id = encounter.appointment_id
	ORDER BY recorded_at DESC, screening_id DESC
	LIMIT 1
) AS screening ON true
WHERE encounter.organisation_id = $1 AND encounter.encounter_id = $2
