-- Task $2 of organisation $1 is closed by $3 at $4: $5 was done. Ends the unit with SL001 when there is none that is
-- open. Index: task_pkey. Locks: the row.
WITH closed AS (
	UPDATE task SET closed_at = $4, closed_by = $3, done = $5
	WHERE organisation_id = $1 AND task_id = $2 AND closed_at IS NULL
	RETURNING task_id
)
SELECT require(EXISTS (SELECT FROM closed), 'SL001', 'no such open task')
