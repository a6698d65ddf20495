-- Tasks of organisation $1, newest first, at most $2: open ones alone ($3), of athlete $4 alone, of kind $5 alone (NULL:
-- any); behind task $7 of instant $6 (NULL: from the newest on).
-- Index: task_open, task_made. Locks: none.
SELECT task_id, athlete_id, kind, text, made_at, closed_at, closed_by, done
FROM task
WHERE organisation_id = $1 AND (NOT $3::boolean OR closed_at IS NULL)
	AND ($4::uuid IS NULL OR athlete_id = $4) AND ($5::text IS NULL OR kind = $5)
	AND ($6::timestamptz IS NULL OR (made_at, task_id) < ($6::timestamptz, $7::uuid))
ORDER BY made_at DESC, task_id DESC
LIMIT $2
