-- Plans an answer to a text, due at once: organisation $1, id $2, athlete $3, clinic $4, purpose $5,
-- rule $6, priority $7, at $8, stale at $9, channel $10, address $11, text $12.
-- Index: message_pkey. Locks: none beyond the new row.
INSERT INTO message (organisation_id, message_id, athlete_id, clinic_id, purpose, consent, rule, priority,
	planned_at, due_at, stale_at, state, why, channel, address, text)
VALUES ($1, $2, $3, $4, $5, 'reply', $6, $7, $8, $8, $9, 'planned', 'answers a text', $10, $11, $12)
