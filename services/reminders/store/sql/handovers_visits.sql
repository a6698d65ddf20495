-- The visits that messages $2 of organisation $1 are about. Index: planned_message_pkey, visit_pkey, clinic_pkey.
-- Locks: none.
SELECT m.message_id, v.appointment_id, v.version, v.starts_at, v.ends_at, coalesce(c.name, '') AS clinic_name,
	coalesce(c.zone, 'UTC') AS zone, v.state = 'cancelled' AS cancelled
FROM unnest($2::uuid[]) AS asked (message_id)
JOIN planned_message m ON m.organisation_id = $1 AND m.message_id = asked.message_id
JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = m.appointment_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = v.clinic_id
