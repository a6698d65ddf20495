-- Sessions that overlap [$3, $4), by training_session_near: none is longer than 31 days.
SELECT uid, title, kind, starts_at, ends_at, all_day, uncertain, given, source, corrected, rpe, minutes
FROM training_session
WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2))
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '31 days' AND ends_at > $3
ORDER BY starts_at, source, uid LIMIT 2000
