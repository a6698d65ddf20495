-- A practitioner of the directory, as they are now; by practitioner_key.
INSERT INTO practitioner (organisation_id, practitioner_id, skills, clinic_ids) VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, practitioner_id) DO UPDATE
SET skills = excluded.skills, clinic_ids = excluded.clinic_ids
