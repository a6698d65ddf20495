-- Texts from athlete $2, or from a number of theirs that is nobody else's, and what they left to staff, say
-- nothing any more; that such a number opted out is forgotten. Before contact_points_drop.
-- Index: contact_point_pkey, former_address_pkey, contact_point_address, inbound_text_athlete, inbound_text_once,
-- opt_out_pkey, task_athlete, task_pkey. Locks: the rows.
WITH gone AS MATERIALIZED (
	SELECT address FROM addresses_alone($1, $2)
), theirs AS MATERIALIZED (
	SELECT channel, provider_message_id, inbound_id FROM inbound_text
	WHERE organisation_id = $1 AND athlete_id = $2
	UNION
	SELECT t.channel, t.provider_message_id, t.inbound_id FROM inbound_text t JOIN gone ON gone.address = t.address
	WHERE t.organisation_id = $1 AND t.athlete_id IS NULL
), texts AS (
	UPDATE inbound_text t SET address = 'erased', text = 'erased',
		reply_text = CASE t.reply_text WHEN '' THEN '' ELSE 'erased' END
	FROM theirs
	WHERE t.organisation_id = $1 AND t.channel = theirs.channel
		AND t.provider_message_id = theirs.provider_message_id
), numbers AS (
	DELETE FROM opt_out USING gone WHERE opt_out.organisation_id = $1 AND opt_out.address = gone.address
)
UPDATE task SET text = 'erased'
FROM (
	SELECT task_id FROM task WHERE organisation_id = $1 AND athlete_id = $2
	UNION
	SELECT inbound_id FROM theirs
) AS left_to_staff
WHERE task.organisation_id = $1 AND task.task_id = left_to_staff.task_id
