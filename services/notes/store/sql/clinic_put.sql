-- A clinic that directory has made; twice is once. By clinic_key. Locks: the new row.
INSERT INTO clinic (organisation_id, clinic_id, jurisdiction, zone) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
