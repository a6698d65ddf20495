-- The rooms of the clinics at which practitioners $2 work within [$3, $4) (of $5; NULL: all), with what
-- they are. opening_key, room_key.
SELECT r.clinic_id, r.room_id, r.capacity, r.kind, array_to_string(r.equipment, chr(31)) AS equipment
FROM room r
WHERE r.organisation_id = $1 AND r.clinic_id = ANY (ARRAY(SELECT DISTINCT h.clinic_id FROM opening h
	WHERE h.organisation_id = $1 AND h.practitioner_id = ANY ($2::uuid[])
	AND h.opens_at < $4 AND h.opens_at > $3::timestamptz - interval '26 hours'
	AND ($5::uuid[] IS NULL OR h.clinic_id = ANY ($5))))
ORDER BY r.clinic_id, r.room_id
