-- What decides whether the note of encounter $2 can be signed: one row, or none when there is no such
-- encounter. Consent counts that is in force, or was when the visit ended: what was done by consent can
-- be written down after a withdrawal. By encounter_key, note_encounter, appointment_key,
-- treatment_consent_key and screening_newest. Locks: none.
SELECT
	EXISTS (SELECT FROM note WHERE organisation_id = $1 AND encounter_id = $2) AS signed,
	encounter.appointment_id, encounter.athlete_id, encounter.practitioner_id,
	encounter.clinic_id, appointment.ends_at,
	screening.screening_id, screening.outcome,
	coalesce(consent.granted, false) AS treatment_consent
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
LEFT JOIN LATERAL (
	SELECT bool_or(newest.granted) AS granted
	FROM unnest(ARRAY[appointment.ends_at, 'infinity']) AS moment (at)
	CROSS JOIN LATERAL (
		SELECT granted FROM treatment_consent
		WHERE organisation_id = $1 AND treatment_consent.athlete_id = encounter.athlete_id
			AND recorded_at <= moment.at
		ORDER BY recorded_at DESC, consent_id DESC
		LIMIT 1
	) AS newest
) AS consent ON true
WHERE encounter.organisation_id = $1 AND encounter.encounter_id = $2
