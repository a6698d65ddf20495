-- The clinic of a room; one row or none, by room_key.
SELECT clinic_id FROM room WHERE organisation_id = $1 AND room_id = $2
