-- Versions of the programme of organisation $1, newest first: which holds at $2 (none: the one that it began
-- with).
-- Index: programme_key. Locks: none.
SELECT version, effective_at, made_at, made_by, remark, version = programme_version($1, $2, 0) AS in_force
FROM programme
WHERE organisation_id = $1
ORDER BY version DESC
LIMIT 500
