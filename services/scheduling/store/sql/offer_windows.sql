-- Openings of practitioners $2 that touch [$3, $4), at clinics $5 (NULL: all), packed by practitioner
-- and clinic: opens, closes, offset, later offset, changes (0 of PostgreSQL's epoch: never), day's start
-- and end. Only of those with the skills $6 and of the services $7. opening_key, practitioner_key,
-- service_key.
SELECT h.practitioner_id, h.clinic_id, string_agg(timestamptz_send(h.opens_at)
	|| timestamptz_send(h.closes_at) || int4send(h.offset_s) || int4send(h.later_offset_s)
	|| timestamptz_send(coalesce(h.changes_at, '2000-01-01 00:00:00+00'))
	|| timestamptz_send(h.day_starts_at) || timestamptz_send(h.day_ends_at), ''
	ORDER BY h.opens_at) AS windows
FROM unnest($2::uuid[]) AS who (id)
CROSS JOIN LATERAL (SELECT * FROM opening o WHERE o.organisation_id = $1
	AND o.practitioner_id = who.id AND o.opens_at < $4
	AND o.opens_at > $3::timestamptz - interval '26 hours' AND o.closes_at > $3
	AND ($5::uuid[] IS NULL OR o.clinic_id = ANY ($5)) OFFSET 0) AS h
GROUP BY h.practitioner_id, h.clinic_id
HAVING (SELECT p.skills @> ($6::text[] || ARRAY(SELECT s.skill FROM service s
		WHERE s.organisation_id = $1 AND s.service_id = ANY ($7::uuid[]) AND s.skill <> ''))
	FROM practitioner p WHERE p.organisation_id = $1 AND p.practitioner_id = h.practitioner_id)
ORDER BY h.practitioner_id, h.clinic_id
