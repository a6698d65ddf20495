-- The chains of organisation $1, clinic by clinic. Index: escalation_pkey. Locks: none.
SELECT clinic_id, kind, name, channel, address, after_minutes
FROM escalation
WHERE organisation_id = $1
ORDER BY clinic_id, kind, place
LIMIT 2000
