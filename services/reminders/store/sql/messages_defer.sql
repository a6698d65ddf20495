-- Messages that lease $2 of organisation $1 holds wait, said at $3: ids $4, new due $5, reasons $6.
-- Index: message_pkey. Locks: the rows, which the lease keeps others from.
WITH waiting AS (
	UPDATE message m
	SET due_at = d.due_at, why = d.why, lease_id = NULL, lease_until = NULL
	FROM unnest($4::uuid[], $5::timestamptz[], $6::text[]) AS d (message_id, due_at, why)
	WHERE m.organisation_id = $1 AND m.message_id = d.message_id AND m.state = 'planned' AND m.lease_id = $2
	RETURNING m.message_id, m.why
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $3, message_id, 'deferred', '', why FROM waiting
