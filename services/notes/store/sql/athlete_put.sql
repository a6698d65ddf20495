-- An athlete as directory last told of it; $3 NULL: of no clinic, $4 NULL: of no known birth date. By athlete_key.
-- Locks: the athlete's row.
INSERT INTO athlete AS known (organisation_id, athlete_id, home_clinic_id, birth_date)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET home_clinic_id = excluded.home_clinic_id, birth_date = excluded.birth_date
WHERE known.organisation_id = $1
