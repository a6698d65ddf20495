-- What T1 and T2 look at for visits within [$3, $4]: from three days before (blocks) to eleven after
-- (competitions). One row of text: kind, start, end (microseconds), all day (0 or 1), repeated.
-- training_session_near.
SELECT string_agg(concat_ws(' ', kind, (date_part('epoch', starts_at) * 1000000)::bigint,
	(date_part('epoch', ends_at) * 1000000)::bigint, all_day::int), ' ' ORDER BY starts_at)
	AS sessions
FROM training_session
WHERE organisation_id = $1 AND athlete_id = $2
	AND starts_at < $4::timestamptz + interval '11 days'
	AND starts_at > $3::timestamptz - interval '34 days'
	AND ends_at > $3::timestamptz - interval '3 days'
