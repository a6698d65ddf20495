-- An athlete as directory last told of it; $3 NULL: of no clinic. By athlete_key.
-- Locks: the athlete's row.
INSERT INTO athlete AS known (organisation_id, athlete_id, home_clinic_id)
VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET home_clinic_id = excluded.home_clinic_id
WHERE known.organisation_id = $1
