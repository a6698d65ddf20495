-- tenants: every
-- The last event that is committed, also one that cannot be read yet: who has applied this one has
-- applied all. No row when there is none.
-- Index: outbox_order, backwards. Locks: none.
SELECT xid, id
FROM outbox
ORDER BY xid DESC, id DESC
LIMIT 1
