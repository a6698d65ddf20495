-- Alerts of organisation $1, newest first; $2: open ones only. Each half has its own index, and only
-- the half that was asked for runs.
-- Index: alert_open, alert_raised. Locks: none.
(
	SELECT alert_id, athlete_id, clinic_id, reason, raised_at, acknowledged_at, acknowledged_by, kind
	FROM alert
	WHERE organisation_id = $1 AND $2::boolean AND acknowledged_at IS NULL
	ORDER BY raised_at DESC
	LIMIT 500
) UNION ALL (
	SELECT alert_id, athlete_id, clinic_id, reason, raised_at, acknowledged_at, acknowledged_by, kind
	FROM alert
	WHERE organisation_id = $1 AND NOT $2::boolean
	ORDER BY raised_at DESC
	LIMIT 500
)
