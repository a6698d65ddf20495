-- What the screening of an appointment said; the newest counts. By screening_key.
INSERT INTO screening (organisation_id, appointment_id, screening_id, outcome, why, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE SET screening_id = excluded.screening_id,
	outcome = excluded.outcome, why = excluded.why, recorded_at = excluded.recorded_at
WHERE screening.recorded_at <= excluded.recorded_at
