-- What is planned for athlete $2 of organisation $1, and as a reply to a number of theirs that is nobody else's,
-- will not be sent: $3 says why, at $4; not even what is being sent this moment. Before athlete_erase_messages.
-- Index: contact_point_pkey, former_address_pkey, contact_point_address, planned_message_athlete, queue_pkey. Locks: the rows and
-- their lanes.
SELECT suppress($1, array_agg(message_id), $3, $4, true)
FROM (
	SELECT m.message_id FROM message m
	WHERE m.organisation_id = $1 AND m.athlete_id = $2 AND m.state = 'planned'
	UNION ALL
	SELECT m.message_id FROM addresses_alone($1, $2) AS p
	JOIN message m ON m.organisation_id = $1 AND m.athlete_id IS NULL AND m.address = p.address
		AND m.state = 'planned'
) AS theirs
HAVING count(*) > 0
