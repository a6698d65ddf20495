-- A practitioner as directory last told of it. By practitioner_key. Locks: the practitioner's row.
INSERT INTO practitioner AS known (organisation_id, practitioner_id, needling_training_hours, clinic_ids)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, practitioner_id) DO UPDATE
SET needling_training_hours = excluded.needling_training_hours, clinic_ids = excluded.clinic_ids
WHERE known.organisation_id = $1
