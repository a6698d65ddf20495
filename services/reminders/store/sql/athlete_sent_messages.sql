-- Messages to athlete $2, and replies to a number of theirs that is nobody else's, that a channel may have:
-- those of athlete_erase_messages. Index: contact_point_pkey, former_address_pkey, contact_point_address, planned_message_athlete.
-- Locks: none.
SELECT message_id FROM message
WHERE organisation_id = $1 AND athlete_id = $2 AND state <> 'suppressed'
UNION ALL
SELECT m.message_id FROM addresses_alone($1, $2) AS p
JOIN message m ON m.organisation_id = $1 AND m.athlete_id IS NULL AND m.address = p.address
