-- Alert $2 of organisation $1 is acknowledged by $3 at $4; the first who does so is kept.
-- Index: alert_pkey. Locks: the row.
UPDATE alert SET acknowledged_at = $4, acknowledged_by = $3
WHERE organisation_id = $1 AND alert_id = $2 AND acknowledged_at IS NULL
