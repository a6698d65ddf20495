-- All rooms of the organisation, by room_name.
SELECT clinic_id, room_id, name FROM room WHERE organisation_id = $1 ORDER BY clinic_id, name
