-- A practitioner of the directory, as they are now; by practitioner_key.
INSERT INTO practitioner (organisation_id, practitioner_id, skills) VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, practitioner_id) DO UPDATE SET skills = excluded.skills
