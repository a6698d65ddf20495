-- What a calendar would change: whether the athlete is known, and how many of the sessions are new,
-- other or the same, and how many of [$12, $13) it no longer holds ($12 NULL: it is not the whole of
-- its source; $14 now, $15 what it holds unread). A kind set by hand stays. athlete_key, training_session_key.
SELECT
	(SELECT true FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	count(*) FILTER (WHERE old.uid IS NULL) AS added,
	count(*) FILTER (WHERE old.uid IS NOT NULL AND (new.title, new.starts_at, new.ends_at, new.all_day,
		new.given, new.kind, new.uncertain) IS DISTINCT FROM (old.title, old.starts_at,
		old.ends_at, old.all_day, old.given, CASE WHEN old.corrected THEN new.kind ELSE old.kind END,
		CASE WHEN old.corrected THEN new.uncertain ELSE old.uncertain END)) AS changed,
	count(*) AS all_of_them,
	(SELECT count(*) FROM training_session AS gone
		WHERE gone.organisation_id = $1 AND gone.athlete_id = $2 AND gone.source = $3
		AND gone.starts_at >= $12::timestamptz AND gone.starts_at < $13::timestamptz
		AND NOT (gone.rpe IS NOT NULL AND gone.ends_at <= $14::timestamptz)
		AND gone.uid NOT IN (SELECT unnest($4::text[]))
	AND NOT EXISTS (SELECT FROM unnest($15::text[]) AS unread (uid)
		WHERE gone.uid = unread.uid OR starts_with(gone.uid, unread.uid || '/'))) AS removed,
	count(*) FILTER (WHERE new.uncertain AND old.corrected IS NOT TRUE) AS uncertain
FROM unnest($4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
	$9::boolean[], $10::boolean[], $11::boolean[])
	AS new (uid, title, kind, starts_at, ends_at, all_day, uncertain, given)
LEFT JOIN LATERAL (
	SELECT uid, title, kind, starts_at, ends_at, all_day, uncertain, given, corrected
	FROM training_session
	WHERE organisation_id = $1 AND athlete_id = $2 AND source = $3 AND uid = new.uid
	LIMIT 1) AS old ON true
