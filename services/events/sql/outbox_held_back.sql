-- tenants: every
-- Whether events are committed that a reader must not see yet, because an older transaction runs.
-- Index: outbox_order, its last pages. Locks: none.
SELECT EXISTS (
	SELECT FROM outbox WHERE xid >= outbox_position(pg_snapshot_xmin(pg_current_snapshot()))
) AS held_back
