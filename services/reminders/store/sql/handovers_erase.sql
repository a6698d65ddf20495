-- What was handed to providers for athlete $2 of organisation $1, or as a reply to a number of theirs that is
-- nobody else's, says nothing any more. Before athlete_erase_messages.
-- Index: contact_point_pkey, former_address_pkey, contact_point_address, planned_message_athlete, handover_pkey. Locks: the rows.
WITH gone AS MATERIALIZED (
	SELECT address FROM addresses_alone($1, $2)
), theirs AS MATERIALIZED (
	SELECT message_id FROM message WHERE organisation_id = $1 AND athlete_id = $2
	UNION ALL
	SELECT m.message_id FROM message m JOIN gone ON gone.address = m.address
	WHERE m.organisation_id = $1 AND m.athlete_id IS NULL
)
UPDATE handover h SET address = 'erased', provider_ref = '', watch_at = NULL
FROM theirs
WHERE h.organisation_id = $1 AND h.message_id = theirs.message_id
