-- What that programme (programme_find) says of its steps.
-- Index: programme_key, programme_step_key. Locks: none.
SELECT step, switched_off, due, stale
FROM programme_step
WHERE organisation_id = $1 AND version = programme_version($1, $2, $3)
ORDER BY step
