-- The keys that have signed notes of the organisation, the first one first.
-- By signing_key_key: as many rows as keys. Locks: none.
SELECT public_key, holder, first_used_at
FROM signing_key
WHERE organisation_id = $1
ORDER BY first_used_at, public_key
