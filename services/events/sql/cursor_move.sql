-- Moves the cursor of source $1 from ($2, $3) to ($4, $5) at $6, or ends the unit with SL001:
-- another instance has applied the event meanwhile.
-- Index: cursor_pkey. Locks: the row, to the end of the unit; so instances take turns.
WITH moved AS (
	UPDATE cursor SET xid = $4::xid8, id = $5::bigint, applied_at = $6::timestamptz
	WHERE source = $1 AND xid = $2::xid8 AND id = $3::bigint
	RETURNING source
)
SELECT require(EXISTS (SELECT FROM moved), 'SL001', 'the cursor has moved')
