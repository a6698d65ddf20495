-- Writes down what became of messages that lease $2 of organisation $1 holds, at $3: ids $4, states $5,
-- reasons $6, channels $7, addresses $8, texts $9. Ends the unit with SL001 when one of them is not
-- planned and leased so any more: then the events of the unit must not go out either.
-- Index: message_pkey. Locks: the rows, which the lease keeps others from.
WITH decision AS MATERIALIZED (
	SELECT * FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
		AS d (message_id, state, why, channel, address, text)
), decided AS (
	UPDATE message m
	SET state = d.state, why = d.why, channel = d.channel, address = d.address, text = d.text, decided_at = $3
	FROM decision d
	WHERE m.organisation_id = $1 AND m.message_id = d.message_id AND m.state = 'planned' AND m.lease_id = $2
	RETURNING m.message_id, m.state, m.channel, m.why
), traced AS (
	INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
	SELECT $1, $3, message_id, state, channel, why FROM decided
)
SELECT require((SELECT count(*) FROM decided) = (SELECT count(*) FROM decision), 'SL001',
	'the lease has ended')
