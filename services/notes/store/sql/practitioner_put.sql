-- A practitioner as directory last told of it. By practitioner_key. Locks: the practitioner's row.
INSERT INTO practitioner AS known (organisation_id, practitioner_id, needling_training_hours)
VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, practitioner_id) DO UPDATE
SET needling_training_hours = excluded.needling_training_hours
WHERE known.organisation_id = $1
