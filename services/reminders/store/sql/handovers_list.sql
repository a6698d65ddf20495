-- Handovers of messages $2 of organisation $1, in order. Index: handover_pkey. Locks: none.
SELECT message_id, attempt, channel, provider, state, provider_ref, error_code, asked_at, changed_at
FROM handover
WHERE organisation_id = $1 AND message_id = ANY ($2::uuid[])
ORDER BY message_id, attempt
