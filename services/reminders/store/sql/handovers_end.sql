-- What became of handovers of organisation $1 at $2: messages $3, attempts $4, states $5, the providers' ids $6
-- and errors $7, when to look what became of them $8 (NULL: never). A report that was faster than the answer
-- stays. Index: handover_pkey. Locks: the rows.
UPDATE handover h SET state = CASE WHEN h.state IN ('asked', 'refused') THEN d.state ELSE h.state END,
	provider_ref = CASE WHEN h.provider_ref = '' THEN d.provider_ref ELSE h.provider_ref END,
	error_code = CASE WHEN h.state IN ('asked', 'refused') THEN d.error_code ELSE h.error_code END,
	changed_at = $2,
	watch_at = CASE WHEN h.state IN ('asked', 'refused', 'taken', 'submitted') THEN d.watch_at ELSE h.watch_at END
FROM unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
	AS d (message_id, attempt, state, provider_ref, error_code, watch_at)
WHERE h.organisation_id = $1 AND h.message_id = d.message_id AND h.attempt = d.attempt
