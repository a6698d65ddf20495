-- Who was told of alerts $2 of organisation $1, in order. Index: alert_told_once. Locks: none.
SELECT alert_id, name, told_at, message_id
FROM alert_told
WHERE organisation_id = $1 AND alert_id = ANY ($2::uuid[])
ORDER BY alert_id, place
