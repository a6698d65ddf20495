-- Working hours of the days from $4 to $5 as instants, by the clinic's zone: clinics $2 and
-- practitioners $3, NULL for all. The offset from UTC changes within a window at changes_at, on
-- the days on which the clock is changed. Tables of the catalogue, which do not grow with time.
SELECT h.practitioner_id, h.clinic_id, w.opens_at, w.closes_at, w.offset_s, w.later_offset_s,
	CASE WHEN w.offset_s <> w.later_offset_s THEN (
		SELECT min(at) FROM generate_series(date_trunc('hour', w.opens_at), w.closes_at,
			interval '15 minutes') AS at
		WHERE date_part('epoch', (at AT TIME ZONE c.zone) - (at AT TIME ZONE 'UTC'))::int
			= w.later_offset_s)
	END AS changes_at,
	day AT TIME ZONE c.zone AS day_starts_at,
	(day + interval '1 day') AT TIME ZONE c.zone AS day_ends_at
FROM clinic c
CROSS JOIN LATERAL generate_series(date_trunc('day', $4::timestamptz AT TIME ZONE c.zone),
	$5::timestamptz AT TIME ZONE c.zone, interval '1 day') AS day
JOIN working_hours h ON h.organisation_id = c.organisation_id AND h.clinic_id = c.clinic_id
	AND h.weekday = date_part('isodow', day)
CROSS JOIN LATERAL (SELECT (day::date + h.opens) AT TIME ZONE c.zone AS opens_at,
	(day::date + h.closes) AT TIME ZONE c.zone AS closes_at) AS i
CROSS JOIN LATERAL (SELECT i.opens_at, i.closes_at,
	date_part('epoch', (i.opens_at AT TIME ZONE c.zone) - (i.opens_at AT TIME ZONE 'UTC'))::int
		AS offset_s,
	date_part('epoch', (i.closes_at AT TIME ZONE c.zone) - (i.closes_at AT TIME ZONE 'UTC'))::int
		AS later_offset_s) AS w
WHERE c.organisation_id = $1 AND h.organisation_id = $1
	AND ($2::uuid[] IS NULL OR c.clinic_id = ANY ($2))
	AND ($3::uuid[] IS NULL OR h.practitioner_id = ANY ($3))
	AND w.opens_at < $5 AND w.closes_at > $4
ORDER BY h.practitioner_id, h.clinic_id, w.opens_at
