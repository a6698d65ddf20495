-- Plans an answer to a text, due at once: organisation $1, id $2, athlete $3, clinic $4, purpose $5,
-- rule $6, priority $7, at $8, stale at $9, channel $10, address $11, text $12.
-- Index: planned_message_pkey, lane_pkey. Locks: none beyond the new rows.
WITH planned AS (
	INSERT INTO planned_message (organisation_id, message_id, athlete_id, clinic_id, purpose, consent, rule,
		priority, planned_at, due_at, stale_at, why, channel, address, text)
	VALUES ($1, $2, $3, $4, $5, 'reply', $6, $7, $8, $8, $9, 'answers a text', $10, $11, $12)
	RETURNING coalesce(clinic_id, '00000000-0000-0000-0000-000000000000') AS clinic_id, priority, due_at, message_id
), lanes AS (
	INSERT INTO lane (organisation_id, clinic_id, priority)
	SELECT $1, clinic_id, priority FROM planned
	ON CONFLICT DO NOTHING
)
INSERT INTO queue (organisation_id, clinic_id, priority, due_at, message_id)
SELECT $1, clinic_id, priority, due_at, message_id FROM planned
