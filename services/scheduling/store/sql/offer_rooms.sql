-- The rooms of the clinics at which practitioners $2 work (of $3; NULL: all), with what they are.
-- workplace_key, room_key; OFFSET 0 makes each a look by its key.
SELECT r.clinic_id, r.room_id, r.capacity, r.kind, array_to_string(r.equipment, chr(31)) AS equipment
FROM (SELECT DISTINCT w.clinic_id FROM unnest($2::uuid[]) AS who (id)
	CROSS JOIN LATERAL (SELECT w.clinic_id FROM workplace w WHERE w.organisation_id = $1
		AND w.practitioner_id = who.id AND ($3::uuid[] IS NULL OR w.clinic_id = ANY ($3))
		OFFSET 0) AS w) AS c
CROSS JOIN LATERAL (SELECT * FROM room r WHERE r.organisation_id = $1 AND r.clinic_id = c.clinic_id
	OFFSET 0) AS r
ORDER BY r.clinic_id, r.room_id
