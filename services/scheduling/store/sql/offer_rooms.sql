-- The rooms of the clinics at which practitioners $2 work (of $3; NULL: all), with what they are.
-- workplace_key, room_key.
SELECT r.clinic_id, r.room_id, r.capacity, r.kind, array_to_string(r.equipment, chr(31)) AS equipment
FROM room r
WHERE r.organisation_id = $1 AND r.clinic_id = ANY (ARRAY(SELECT w.clinic_id FROM unnest($2::uuid[]) AS who (id)
	JOIN workplace w ON w.organisation_id = $1 AND w.practitioner_id = who.id
	WHERE $3::uuid[] IS NULL OR w.clinic_id = ANY ($3)))
ORDER BY r.clinic_id, r.room_id
