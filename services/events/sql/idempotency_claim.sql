-- Claims key $2 of organisation $1 for the request $3 and keeps its reply $4, made at $5.
-- A key that is taken ends the unit with a violation of idempotency_key.
-- Index: idempotency_key. Locks: waits for an unfinished claim of the same key.
INSERT INTO idempotency (organisation_id, key, fingerprint, reply, made_at)
VALUES ($1, $2, $3, $4, $5)
