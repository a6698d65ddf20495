-- What was handed over before of messages $2 of organisation $1, the latest first.
-- Index: handover_pkey. Locks: none.
SELECT message_id, attempt, channel, provider, state, address, asked_at, error_code, provider_ref
FROM handover
WHERE organisation_id = $1 AND message_id = ANY ($2::uuid[])
ORDER BY message_id, attempt DESC
