-- Athlete $2 was treated at clinic $3 at $4: the last time counts. By athlete_treatment_key.
-- Locks: the row.
INSERT INTO athlete_treatment AS known (organisation_id, athlete_id, clinic_id, last_treated_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, athlete_id, clinic_id) DO UPDATE
SET last_treated_at = greatest(known.last_treated_at, excluded.last_treated_at)
WHERE known.organisation_id = $1
