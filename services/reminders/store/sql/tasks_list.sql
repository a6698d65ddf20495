-- Tasks of organisation $1, newest first.
-- Index: task_made. Locks: none.
SELECT task_id, athlete_id, kind, text, made_at
FROM task
WHERE organisation_id = $1
ORDER BY made_at DESC
LIMIT 500
