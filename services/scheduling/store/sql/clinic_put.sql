-- A clinic of the directory; by clinic_key.
INSERT INTO clinic (organisation_id, clinic_id, name, zone) VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, clinic_id) DO UPDATE SET name = excluded.name, zone = excluded.zone
