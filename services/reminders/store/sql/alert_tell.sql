-- Of alert $2 of organisation $1 the one at place $3 of its chain is told: name $4, address $5, by message $6, at $7.
-- Told already: violates alert_told_once. Acknowledged meanwhile: ends the unit with SL001.
-- Index: alert_told_once, alert_pkey. Locks: the alert, so that nobody is told of what is acknowledged.
WITH open AS (
	SELECT alert_id FROM alert
	WHERE organisation_id = $1 AND alert_id = $2 AND acknowledged_at IS NULL
	FOR UPDATE
), told AS (
	INSERT INTO alert_told (organisation_id, alert_id, place, name, address, message_id, told_at)
	SELECT $1, alert_id, $3, $4, $5, $6, $7 FROM open
	RETURNING alert_id
)
SELECT require(EXISTS (SELECT FROM told), 'SL001', 'the alert was acknowledged meanwhile')
