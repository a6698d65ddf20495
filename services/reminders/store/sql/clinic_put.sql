-- Keeps what is known of clinic $2 of organisation $1: name $3, zone $4.
-- Index: clinic_pkey. Locks: the row.
INSERT INTO clinic (organisation_id, clinic_id, name, zone)
VALUES ($1, $2, $3, known_zone($4))
ON CONFLICT (organisation_id, clinic_id) DO UPDATE SET name = excluded.name, zone = excluded.zone
