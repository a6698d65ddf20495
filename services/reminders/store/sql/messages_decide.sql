-- Writes down what became of messages of organisation $1 at $2, behind lanes_release: places in the queue $3,
-- ids $4, states $5, reasons $6, channels $7, addresses $8, texts $9. Ends the unit with SL001 when one of them
-- does not wait any more: then the events of the unit must not go out either.
-- Index: none, by place. Locks: the rows, which the lease kept others from.
WITH gone AS (
	DELETE FROM queue q
	USING unnest($3::tid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
		AS d (place, message_id, state, why, channel, address, text)
	WHERE q.ctid = d.place AND q.organisation_id = $1 AND q.message_id = d.message_id
	RETURNING d.*
), decided AS (
	INSERT INTO decision (organisation_id, message_id, state, why, channel, address, text, decided_at)
	SELECT $1, message_id, state, why, channel, address, text, $2 FROM gone
), traced AS (
	INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
	SELECT $1, $2, message_id, state, channel, why FROM gone WHERE state = 'suppressed'
)
SELECT require((SELECT count(*) FROM gone) = cardinality($3::tid[]), 'SL001', 'a message does not wait any more')
