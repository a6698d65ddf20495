-- What availability has to know beside calendars, in one row: whether the athlete $2 (NULL: nobody) is
-- known, the athlete's visits that overlap [$3, $4), training from three days before $3 (blocks) to
-- eleven after $4 (competitions), open reviews. Visits are packed as offer_busy has them; sessions are
-- "kind start end all-day …", reviews fields parted by unit and record separators (around.h).
-- athlete_key, appointment_by_athlete, training_session_near, open_review_key.
SELECT $2::uuid IS NULL OR coalesce((SELECT true FROM athlete
		WHERE organisation_id = $1 AND athlete_id = $2), false) AS athlete_known,
	(SELECT string_agg(timestamptz_send(starts_at) || timestamptz_send(ends_at), ''
			ORDER BY starts_at) FROM appointment
		WHERE organisation_id = $1 AND athlete_id = $2
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND starts_at < $4 AND starts_at > $3::timestamptz - interval '12 hours'
		AND ends_at > $3) AS visits,
	(SELECT string_agg(concat_ws(' ', kind, (date_part('epoch', starts_at) * 1000000)::bigint,
			(date_part('epoch', ends_at) * 1000000)::bigint, all_day::int), ' '
			ORDER BY starts_at) FROM training_session
		WHERE organisation_id = $1 AND athlete_id = $2
		AND starts_at < $4::timestamptz + interval '11 days'
		AND starts_at > $3::timestamptz - interval '34 days'
		AND ends_at > $3::timestamptz - interval '3 days') AS sessions,
	(SELECT string_agg(concat_ws(chr(31), review_id, area, side, advice,
			(date_part('epoch', raised_at) * 1000000)::bigint), chr(30)
			ORDER BY raised_at, review_id) FROM open_review
		WHERE organisation_id = $1 AND athlete_id = $2 AND answered_at IS NULL) AS reviews
