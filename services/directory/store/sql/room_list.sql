-- All rooms of the organisation, by room_name. Lists as one text each, parted by U+001F.
SELECT clinic_id, room_id, name, kind, capacity, array_to_string(equipment, chr(31)) AS equipment
FROM room WHERE organisation_id = $1 ORDER BY clinic_id, name
