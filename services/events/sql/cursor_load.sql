-- How far the events of source $1 have been applied; makes the row when there is none.
-- Index: cursor_pkey. Locks: none, unless the row is new.
WITH made AS (
	INSERT INTO cursor (source) VALUES ($1) ON CONFLICT (source) DO NOTHING
	RETURNING xid, id
)
SELECT xid, id FROM made
UNION ALL
SELECT xid, id FROM cursor WHERE source = $1
LIMIT 1
