-- Why the athlete of message $2 of organisation $1, whose plan has ended, is not asked back at $3; '': is asked.
-- By all records of the person: a visit to come, a treatment since that of the message, and the last answer
-- to a measure's question.
-- Index: planned_message_pkey, decision_pkey, treatment_pkey, visit_athlete, treatment_athlete, planned_message_athlete. Locks: none.
SELECT CASE
	WHEN EXISTS (
		SELECT FROM person_ids($1, m.athlete_id) AS who
		JOIN visit v ON v.organisation_id = $1 AND v.athlete_id = who.athlete_id
		WHERE v.state IN ('booked', 'offered') AND v.starts_at > $3
	) THEN 'a visit is booked'
	WHEN EXISTS (
		SELECT FROM person_ids($1, m.athlete_id) AS who
		JOIN treatment later ON later.organisation_id = $1 AND later.athlete_id = who.athlete_id
		WHERE later.treated_at > t.treated_at AND later.encounter_id <> t.encounter_id
	) THEN 'the athlete was treated again'
	WHEN (
		SELECT substring(asked.answer FROM '\d+')::numeric FROM message asked
		WHERE asked.organisation_id = $1 AND asked.athlete_id = m.athlete_id
			AND asked.encounter_id = m.encounter_id AND asked.purpose LIKE 'measures%'
			AND asked.answered_at IS NOT NULL
		ORDER BY asked.answered_at DESC LIMIT 1
	) <= 1 THEN 'it hardly bothers any more'
	ELSE '' END AS why
FROM message m
JOIN treatment t ON t.organisation_id = $1 AND t.encounter_id = m.encounter_id
WHERE m.organisation_id = $1 AND m.message_id = $2
