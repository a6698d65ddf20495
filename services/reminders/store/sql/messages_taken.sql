-- Moments from $3 to $4 at which the person who has id $2 of organisation $1 gets other messages that count
-- for the day: not safety, not answers, and none of visit $5 or treatment $6, which are being planned. What is
-- one text has one moment.
-- Index: athlete_alias_key, athlete_alias_survivor, planned_message_athlete. Locks: none.
SELECT DISTINCT coalesce(m.sent_at, m.due_at)
FROM person_ids($1, $2) AS person
JOIN message m ON m.organisation_id = $1 AND m.athlete_id = person.athlete_id
WHERE m.due_at >= $3 AND m.due_at < $4 AND m.state <> 'suppressed' AND m.priority > 0
	AND m.consent <> 'reply'
	AND CASE WHEN m.encounter_id IS NULL THEN m.appointment_id IS DISTINCT FROM $5
		ELSE m.encounter_id IS DISTINCT FROM $6 END
LIMIT 200
