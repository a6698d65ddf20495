-- tenants: every
-- The last event that can be read: where a publisher begins. No row when there is none.
-- Index: outbox_order, backwards. Locks: none.
SELECT xid, id
FROM outbox
WHERE xid < outbox_position(pg_snapshot_xmin(pg_current_snapshot()))
ORDER BY xid DESC, id DESC
LIMIT 1
