-- A practitioner that directory has made; twice is once. By practitioner_key. Locks: the new row.
INSERT INTO practitioner (organisation_id, practitioner_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
