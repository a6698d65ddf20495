-- Whom organisation $1 has to tell of which open alerts at $2, at most 64, the first first.
-- Index: alert_open; escalation_pkey, alert_told_once, clinic_pkey. Locks: none.
SELECT a.alert_id, a.clinic_id, coalesce(c.name, '') AS clinic_name, s.place, s.name, s.channel, s.address
FROM alert a
JOIN escalation s ON s.organisation_id = $1 AND s.kind = a.kind
	AND s.clinic_id = coalesce((SELECT own.clinic_id FROM escalation own
		WHERE own.organisation_id = $1 AND own.clinic_id = a.clinic_id AND own.kind = a.kind
		LIMIT 1), '00000000-0000-0000-0000-000000000000')
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = a.clinic_id
WHERE a.organisation_id = $1 AND a.acknowledged_at IS NULL
	AND a.raised_at + s.after_minutes * interval '1 minute' <= $2
	AND NOT EXISTS (
		SELECT FROM alert_told t WHERE t.organisation_id = $1 AND t.alert_id = a.alert_id AND t.place = s.place
	)
ORDER BY a.raised_at, s.place
LIMIT 64
