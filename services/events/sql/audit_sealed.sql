-- How far the trail is sealed: one row. Locks: none.
SELECT xid, id FROM audit_sealed
