-- tenants: every
-- lane: bulk
-- Forgets the oldest keys that were made before $1, $2 at most.
-- Index: idempotency_made. Locks: the rows; instances that do it at once take the same order.
DELETE FROM idempotency
WHERE ctid = ANY (ARRAY (
	SELECT ctid FROM idempotency
	WHERE made_at < $1::timestamptz
	ORDER BY made_at
	LIMIT $2::int
))
