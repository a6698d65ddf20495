-- Texts from athlete $2, or from a number of theirs that is nobody else's, and what they left to staff, say
-- nothing any more; that such a number opted out is forgotten. Before contact_points_drop.
-- Index: contact_point_pkey, contact_point_address, inbound_text_athlete, inbound_text_once, opt_out_pkey,
-- task_athlete. Locks: the rows.
WITH gone AS MATERIALIZED (
	SELECT DISTINCT p.address FROM contact_point p
	WHERE p.organisation_id = $1 AND p.athlete_id = $2 AND NOT EXISTS (
		SELECT FROM contact_point o
		WHERE o.organisation_id = $1 AND o.address = p.address AND o.athlete_id <> $2)
), theirs AS MATERIALIZED (
	SELECT channel, provider_message_id FROM inbound_text
	WHERE organisation_id = $1 AND athlete_id = $2
	UNION
	SELECT t.channel, t.provider_message_id FROM inbound_text t JOIN gone ON gone.address = t.address
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
UPDATE task SET text = 'erased' WHERE organisation_id = $1 AND athlete_id = $2
