-- Open alerts of organisation $1 that whoever has address $2 was told of, with the name that the chain has for them.
-- Index: alert_told_address, alert_pkey. Locks: none.
SELECT DISTINCT a.alert_id, a.clinic_id, t.name
FROM alert_told t
JOIN alert a ON a.organisation_id = $1 AND a.alert_id = t.alert_id AND a.acknowledged_at IS NULL
WHERE t.organisation_id = $1 AND t.address = $2
LIMIT 64
