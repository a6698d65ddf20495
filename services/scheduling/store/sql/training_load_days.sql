-- The 28 local days of the athlete up to that of $3: day, load, sessions with a load, ended sessions
-- without one (rest is none), and whether there was any load before. No row for an athlete of nobody.
-- athlete_key, training_session_near.
SELECT local.day::date AS day,
	coalesce(sum(t.rpe * t.minutes), 0) AS load, count(t.rpe) AS sessions,
	count(*) FILTER (WHERE t.starts_at IS NOT NULL AND t.rpe IS NULL AND t.kind <> 'rest'
		AND t.ends_at <= $3::timestamptz) AS without,
	coalesce((SELECT true FROM training_session e WHERE e.organisation_id = $1 AND e.person_id = (SELECT person_id FROM person_of($1, $2))
		AND e.starts_at < v.first_at AND e.rpe IS NOT NULL LIMIT 1), false) AS earlier
FROM athlete a
CROSS JOIN LATERAL (SELECT date_trunc('day', $3::timestamptz AT TIME ZONE a.zone) AS today,
	day_begins(date_trunc('day', $3::timestamptz AT TIME ZONE a.zone) - interval '27 days', a.zone)
		AS first_at OFFSET 0) AS v
CROSS JOIN LATERAL (SELECT v.today - make_interval(days => 27 - i) AS day,
	day_begins(v.today - make_interval(days => 27 - i), a.zone) AS from_at,
	day_begins(v.today - make_interval(days => 26 - i), a.zone) AS until_at
	FROM generate_series(0, 27) AS i OFFSET 0) AS local
LEFT JOIN LATERAL (SELECT * FROM training_session t WHERE t.organisation_id = $1
	AND t.person_id = (SELECT person_id FROM person_of($1, $2)) AND t.starts_at >= local.from_at AND t.starts_at < local.until_at) AS t ON true
WHERE a.organisation_id = $1 AND a.athlete_id = $2
GROUP BY local.day, v.first_at ORDER BY local.day
