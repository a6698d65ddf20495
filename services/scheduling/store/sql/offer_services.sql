-- The services $2, each in its place. service_key.
SELECT asked.place, s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.skill,
	s.room_kind, array_to_string(s.equipment, chr(31)) AS equipment
FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (service_id, place)
CROSS JOIN LATERAL (SELECT * FROM service s WHERE s.organisation_id = $1
	AND s.service_id = asked.service_id LIMIT 1) AS s
ORDER BY asked.place
