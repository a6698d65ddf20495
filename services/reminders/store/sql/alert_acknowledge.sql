-- Alert $2 of organisation $1 is acknowledged by $3 at $4. Ends the unit with SL001 when somebody else
-- was first, so that it is told once.
-- Index: alert_pkey. Locks: the row.
WITH acknowledged AS (
	UPDATE alert SET acknowledged_at = $4, acknowledged_by = $3
	WHERE organisation_id = $1 AND alert_id = $2 AND acknowledged_at IS NULL
	RETURNING alert_id
)
SELECT require(EXISTS (SELECT FROM acknowledged), 'SL001', 'the alert was acknowledged meanwhile')
