-- The treatments of the person who has id $2 since $3, the newest 2,000, all told as of $2: they are judged
-- together. By treatment_by_athlete, backwards. Locks: none.
SELECT $2::uuid AS athlete_id, fact.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT area, side, treated_at, note_id, clinic_id
	FROM treatment
	WHERE organisation_id = $1 AND treatment.athlete_id = person.athlete_id AND treated_at >= $3
	ORDER BY treated_at DESC
	LIMIT 2000
) AS fact
ORDER BY treated_at DESC
LIMIT 2000
