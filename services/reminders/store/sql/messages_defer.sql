-- Messages of organisation $1 go on waiting, said at $2, behind lanes_release: places in the queue $3, ids $4, new
-- due $5, reasons $6.
-- Index: planned_message_pkey. Locks: the rows, which the lease kept others from.
WITH moved AS (
	UPDATE queue q SET due_at = d.due_at
	FROM unnest($3::tid[], $4::uuid[], $5::timestamptz[], $6::text[]) AS d (place, message_id, due_at, why)
	WHERE q.ctid = d.place AND q.organisation_id = $1 AND q.message_id = d.message_id
	RETURNING d.*
), waiting AS (
	UPDATE planned_message m SET due_at = moved.due_at, why = moved.why
	FROM moved
	WHERE m.organisation_id = $1 AND m.message_id = moved.message_id
	RETURNING m.message_id, m.why
), traced AS (
	INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
	SELECT $1, $2, message_id, 'deferred', '', why FROM waiting
)
SELECT require((SELECT count(*) FROM waiting) = cardinality($3::tid[]), 'SL001', 'a message does not wait any more')
