-- A practitioner of the directory; by practitioner_key.
INSERT INTO practitioner (organisation_id, practitioner_id) VALUES ($1, $2)
ON CONFLICT (organisation_id, practitioner_id) DO NOTHING
