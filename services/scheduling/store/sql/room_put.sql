-- A room of the directory; by room_key.
INSERT INTO room (organisation_id, clinic_id, room_id) VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, clinic_id, room_id) DO NOTHING
