-- Messages $3 of organisation $1 are about to be handed over at $2: channels $4, providers $5, addresses $6,
-- and $7 the message in whose text it is said ('': its own), by whose key the provider knows it. The attempt of
-- each. Index: handover_pkey. Locks: the new rows.
INSERT INTO handover (organisation_id, message_id, attempt, channel, provider, address, provider_ref, state,
	asked_at, changed_at)
SELECT $1, h.message_id, coalesce((SELECT max(o.attempt) FROM handover o
	WHERE o.organisation_id = $1 AND o.message_id = h.message_id), 0) + 1, h.channel, h.provider, h.address,
	h.told_in, 'asked', $2, $2
FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
	AS h (message_id, channel, provider, address, told_in)
ORDER BY h.message_id
RETURNING message_id, attempt
