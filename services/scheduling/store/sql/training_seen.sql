-- What a calendar would change: whether the athlete is known, and how many of the sessions are new,
-- other or the same. athlete_key, training_session_key.
SELECT
	(SELECT true FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	count(*) FILTER (WHERE old.uid IS NULL) AS added,
	count(*) FILTER (WHERE old.uid IS NOT NULL AND new IS DISTINCT FROM old) AS changed,
	count(*) FILTER (WHERE old.uid IS NOT NULL AND new IS NOT DISTINCT FROM old) AS unchanged
FROM unnest($4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
	$9::boolean[], $10::boolean[])
	AS new (uid, title, kind, starts_at, ends_at, all_day, uncertain)
LEFT JOIN LATERAL (
	SELECT uid, title, kind, starts_at, ends_at, all_day, uncertain FROM training_session
	WHERE organisation_id = $1 AND athlete_id = $2 AND source = $3 AND uid = new.uid
	LIMIT 1) AS old ON true
