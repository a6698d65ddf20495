-- Alerts of organisation $1, newest first; $2: open ones only.
-- Index: alert_raised, alert_open. Locks: none.
SELECT alert_id, athlete_id, clinic_id, reason, raised_at, acknowledged_at, acknowledged_by
FROM alert
WHERE organisation_id = $1 AND (acknowledged_at IS NULL OR NOT $2::boolean)
ORDER BY raised_at DESC
LIMIT 500
