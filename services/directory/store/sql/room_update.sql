-- Fails by room_name when the clinic has another of this name. room_key; locks the room.
UPDATE room SET name = $3, kind = $4, capacity = $5, equipment = $6
WHERE organisation_id = $1 AND room_id = $2
