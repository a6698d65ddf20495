-- tenants: every
-- How far each source has been applied. A short table. Locks: none.
SELECT source, xid, id FROM cursor
