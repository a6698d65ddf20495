-- Messages to athlete $2, and replies to a number of theirs that is nobody else's, say nothing any more:
-- what is planned is suppressed at $3 for the reason $4. Before contact_points_drop.
-- Index: contact_point_pkey, contact_point_address, message_athlete, message_pkey. Locks: the rows.
WITH gone AS MATERIALIZED (
	SELECT DISTINCT p.address FROM contact_point p
	WHERE p.organisation_id = $1 AND p.athlete_id = $2 AND NOT EXISTS (
		SELECT FROM contact_point o
		WHERE o.organisation_id = $1 AND o.address = p.address AND o.athlete_id <> $2)
), theirs AS MATERIALIZED (
	SELECT message_id, state FROM message WHERE organisation_id = $1 AND athlete_id = $2
	UNION ALL
	SELECT m.message_id, m.state FROM message m JOIN gone ON gone.address = m.address
	WHERE m.organisation_id = $1 AND m.athlete_id IS NULL
), erased AS (
	UPDATE message m SET
		address = CASE m.address WHEN '' THEN '' ELSE 'erased' END,
		text = CASE m.text WHEN '' THEN '' ELSE 'erased' END,
		answer = CASE m.answer WHEN '' THEN '' ELSE 'erased' END,
		state = CASE m.state WHEN 'planned' THEN 'suppressed' ELSE m.state END,
		why = CASE m.state WHEN 'planned' THEN $4 ELSE m.why END,
		decided_at = CASE m.state WHEN 'planned' THEN $3 ELSE m.decided_at END
	FROM theirs
	WHERE m.organisation_id = $1 AND m.message_id = theirs.message_id
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $3, message_id, 'suppressed', '', $4 FROM theirs WHERE state = 'planned'
