-- The rooms of clinics $2 (NULL for all), by room_key.
SELECT clinic_id, room_id FROM room
WHERE organisation_id = $1 AND ($2::uuid[] IS NULL OR clinic_id = ANY ($2))
ORDER BY clinic_id, room_id
