-- A room of the directory, as it is now; by room_key.
INSERT INTO room (organisation_id, clinic_id, room_id, name, kind, capacity, equipment)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organisation_id, clinic_id, room_id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, capacity = excluded.capacity,
	equipment = excluded.equipment
