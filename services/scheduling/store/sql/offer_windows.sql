-- results: binary
-- Openings of practitioners $2 that touch [$3, $4), at clinics $5 (NULL: all), packed: clinic, opens,
-- closes, offset, later offset, changes (PostgreSQL's epoch: never), day's start and end. Only of those
-- with the skill $6 ('': any) and those of the services $7. A scalar subquery for each: by opening_key in
-- its order, no sort. practitioner_key, service_key.
SELECT who.id::text, (SELECT string_agg(uuid_send(o.clinic_id) || timestamptz_send(o.opens_at)
		|| timestamptz_send(o.closes_at) || int4send(o.offset_s) || int4send(o.later_offset_s)
		|| timestamptz_send(coalesce(o.changes_at, '2000-01-01 00:00:00+00'))
		|| timestamptz_send(o.day_starts_at) || timestamptz_send(o.day_ends_at), '')
	FROM opening o WHERE o.organisation_id = $1 AND o.practitioner_id = who.id
		AND o.opens_at < $4 AND o.opens_at > $3::timestamptz - interval '26 hours'
		AND o.closes_at > $3 AND ($5::uuid[] IS NULL OR o.clinic_id = ANY ($5))) AS windows
FROM unnest($2::uuid[]) AS who (id)
WHERE (SELECT ($6::text = '' OR $6 = ANY (p.skills)) AND p.skills @> ARRAY(SELECT s.skill FROM service s
		WHERE s.organisation_id = $1 AND s.service_id = ANY ($7::uuid[]) AND s.skill <> '')
	FROM practitioner p WHERE p.organisation_id = $1 AND p.practitioner_id = who.id)
ORDER BY who.id
