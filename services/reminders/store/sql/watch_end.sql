-- Attempts $3 of messages $2 of organisation $1 are to be looked at at $4 (NULL: no more).
-- Index: handover_pkey. Locks: the rows.
UPDATE handover h SET watch_at = d.watch_at
FROM unnest($2::uuid[], $3::int[], $4::timestamptz[]) AS d (message_id, attempt, watch_at)
WHERE h.organisation_id = $1 AND h.message_id = d.message_id AND h.attempt = d.attempt
