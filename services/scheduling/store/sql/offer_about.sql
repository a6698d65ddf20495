-- What availability has to know beside calendars, in one row: whether the athlete $2 (NULL: nobody) is
-- known, the athlete's visits that overlap [$3, $4), training around that as far as T1 and T2 reach,
-- open reviews, the windows of T1 to T3. Visits are packed as offer_busy has them; sessions are
-- "kind start end all-day …", reviews fields parted by unit and record separators (around.h).
-- athlete_key, appointment_by_athlete, training_session_near, open_review_of_person, timing_default_key,
-- athlete_timing_key. OFFSET 0 keeps the bounds of v bare columns (see book_look_one).
SELECT $2::uuid IS NULL OR coalesce((SELECT true FROM athlete
		WHERE organisation_id = $1 AND athlete_id = $2), false) AS athlete_known,
	(SELECT string_agg(timestamptz_send(starts_at) || timestamptz_send(ends_at), ''
			ORDER BY starts_at) FROM appointment
		WHERE organisation_id = $1 AND person_id = ANY (ARRAY(SELECT athlete_id FROM person_ids($1, $2)))
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND starts_at < $4 AND starts_at > $3::timestamptz - interval '12 hours'
		AND ends_at > $3) AS visits,
	(SELECT string_agg(concat_ws(' ', kind, (date_part('epoch', starts_at) * 1000000)::bigint,
			(date_part('epoch', ends_at) * 1000000)::bigint, all_day::int), ' '
			ORDER BY starts_at) FROM training_session
		WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2))
		AND starts_at < v.trained_before
		AND starts_at > v.trained_after
		AND ends_at > v.block_after) AS sessions,
	(SELECT string_agg(concat_ws(chr(31), review_id, area, side, advice,
			(date_part('epoch', raised_at) * 1000000)::bigint), chr(30)
			ORDER BY raised_at, review_id) FROM open_review
		WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2)) AND answered_at IS NULL) AS reviews,
	v.timing_windows
FROM (SELECT i.timing_windows, $3::timestamptz - i.back AS block_after,
	$3::timestamptz - interval '31 days' - i.back AS trained_after,
	$4::timestamptz + i.ahead AS trained_before
	FROM (SELECT concat_ws(' ', coalesce(d.warn_hours, -1), coalesce(d.competition_hours, -1),
			coalesce(d.after_block_hours, -1), coalesce(d.early_days, -1),
			coalesce(u.warn_hours, -1), coalesce(u.competition_hours, -1),
			coalesce(u.settling_hours, -1), coalesce(u.check_ins, -1)) AS timing_windows,
		make_interval(hours => greatest(d.after_block_hours, 48) + 24) AS back,
		make_interval(hours => greatest(72, 24 * coalesce(d.early_days, 10), d.warn_hours,
			d.competition_hours, u.warn_hours, u.competition_hours, u.settling_hours)
			+ 24) AS ahead
		FROM (SELECT 1) AS always
		LEFT JOIN LATERAL (SELECT * FROM timing_default t WHERE t.organisation_id = $1
			LIMIT 1) AS d ON true
		LEFT JOIN LATERAL (SELECT * FROM athlete_timing t WHERE t.organisation_id = $1
			AND t.athlete_id = $2 LIMIT 1) AS u ON true) AS i OFFSET 0) AS v
