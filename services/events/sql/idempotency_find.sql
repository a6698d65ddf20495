-- What key $2 of organisation $1 stands for.
-- Index: idempotency_key. Locks: none.
SELECT fingerprint, reply
FROM idempotency
WHERE organisation_id = $1 AND key = $2
