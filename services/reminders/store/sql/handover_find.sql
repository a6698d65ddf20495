-- The latest handover of message $2 of organisation $1 to provider $3, rather that of its id $4 ('': not known),
-- and what the message was about. Index: handover_pkey, planned_message_pkey. Locks: none.
SELECT h.attempt, h.state, h.channel, h.address, coalesce(m.athlete_id::text, '') AS athlete_id,
	coalesce(m.clinic_id::text, '') AS clinic_id, h.watch_at
FROM handover h
JOIN message m ON m.organisation_id = $1 AND m.message_id = h.message_id
WHERE h.organisation_id = $1 AND h.message_id = $2 AND h.provider = $3
ORDER BY h.provider_ref = $4 AND $4 <> '' DESC, h.attempt DESC
LIMIT 1
