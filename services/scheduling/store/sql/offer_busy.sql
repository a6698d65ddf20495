-- results: binary
-- When practitioners $2 are busy within [$3, $4), packed: from, until, room, place. A scalar subquery for
-- each: by appointment_practitioner_busy alone, no sort. No blocked range is longer than 12 hours.
SELECT who.id::text, (SELECT string_agg(a.packed, '')
	FROM appointment a WHERE a.organisation_id = $1 AND a.practitioner_id = who.id
		AND a.state IN ('held', 'booked', 'checked_in', 'completed')
		AND a.blocked_from < $4 AND a.blocked_from > $3::timestamptz - interval '12 hours'
		AND a.blocked_until > $3) AS busy
FROM unnest($2::uuid[]) AS who (id)
