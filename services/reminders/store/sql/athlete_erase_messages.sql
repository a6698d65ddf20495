-- Messages to athlete $2, and replies to a number of theirs that is nobody else's, say nothing any more.
-- Behind athlete_suppress_messages, before contact_points_drop.
-- Index: contact_point_pkey, former_address_pkey, contact_point_address, planned_message_athlete, planned_message_pkey,
-- decision_pkey. Locks: the rows.
WITH gone AS MATERIALIZED (
	SELECT address FROM addresses_alone($1, $2)
), theirs AS MATERIALIZED (
	SELECT message_id FROM message WHERE organisation_id = $1 AND athlete_id = $2
	UNION ALL
	SELECT m.message_id FROM message m JOIN gone ON gone.address = m.address
	WHERE m.organisation_id = $1 AND m.athlete_id IS NULL
), planned AS (
	UPDATE planned_message m SET
		address = CASE m.address WHEN '' THEN '' ELSE 'erased' END,
		text = CASE m.text WHEN '' THEN '' ELSE 'erased' END
	FROM theirs
	WHERE m.organisation_id = $1 AND m.message_id = theirs.message_id
)
UPDATE decision d SET
	address = CASE d.address WHEN '' THEN '' ELSE 'erased' END,
	text = CASE d.text WHEN '' THEN '' ELSE 'erased' END,
	answer = CASE d.answer WHEN '' THEN '' ELSE 'erased' END
FROM theirs
WHERE d.organisation_id = $1 AND d.message_id = theirs.message_id
