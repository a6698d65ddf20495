-- tenants: every
-- Whether there are events of transactions that this server has not come to: a dump was restored,
-- and the schema has not been migrated since. Readers would never see what is written now.
-- Index: outbox_order, its last pages. Locks: none.
SELECT EXISTS (
	SELECT FROM outbox WHERE xid >= outbox_position(pg_snapshot_xmax(pg_current_snapshot()))
) AS ahead
