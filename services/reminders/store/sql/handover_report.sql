-- A report on attempt $3 of message $2 of organisation $1: state $5 instead of $4, the provider's id $6 and error
-- $7 where it names them, at $8; $9: when to look what becomes of it (NULL: never). The trace tells outcome $10
-- and $11, once. Ends the unit with SL001 when another report was faster, so that this one is judged again.
-- Index: handover_pkey, delivery_message. Locks: the row.
WITH changed AS (
	UPDATE handover SET state = $5, provider_ref = coalesce(nullif($6, ''), provider_ref),
		error_code = CASE WHEN $4 = $5 THEN error_code ELSE $7 END, changed_at = $8, watch_at = $9
	WHERE organisation_id = $1 AND message_id = $2 AND attempt = $3 AND state = $4
	RETURNING message_id, channel
), traced AS (
	INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
	SELECT $1, $8, message_id, $10, channel, $11 FROM changed
	WHERE NOT EXISTS (
		SELECT FROM delivery d
		WHERE d.organisation_id = $1 AND d.message_id = $2 AND d.outcome = $10 AND d.why = $11
	)
)
SELECT require(EXISTS (SELECT FROM changed), 'SL001', 'another report was faster')
