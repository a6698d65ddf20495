-- A clinic that directory has made; twice is once. By clinic_key. Locks: the new row.
INSERT INTO clinic (organisation_id, clinic_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
