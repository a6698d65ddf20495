-- tenants: every
-- Organisations with open alerts of which somebody is still to be told, and when the next is. Few alerts are open.
-- Index: alert_open; escalation_pkey, alert_told_once. Locks: none.
SELECT a.organisation_id, min(a.raised_at + s.after_minutes * interval '1 minute') AS due_at
FROM alert a
JOIN escalation s ON s.organisation_id = a.organisation_id AND s.kind = a.kind
	AND s.clinic_id = coalesce((SELECT own.clinic_id FROM escalation own
		WHERE own.organisation_id = a.organisation_id AND own.clinic_id = a.clinic_id AND own.kind = a.kind
		LIMIT 1), '00000000-0000-0000-0000-000000000000')
WHERE a.acknowledged_at IS NULL AND NOT EXISTS (
	SELECT FROM alert_told t
	WHERE t.organisation_id = a.organisation_id AND t.alert_id = a.alert_id AND t.place = s.place
)
GROUP BY a.organisation_id
