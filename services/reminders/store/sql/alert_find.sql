-- Alert $2 of organisation $1. Index: alert_pkey. Locks: none.
SELECT clinic_id, acknowledged_at, about_id FROM alert WHERE organisation_id = $1 AND alert_id = $2
