-- Adverse events of the person who has id $2, recorded before $3, newest first, at most $4.
-- By adverse_event_by_athlete, backwards. Locks: none.
SELECT event.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
		treated_at, occurred_at, recorded_at, recorded_by
	FROM adverse_event
	WHERE organisation_id = $1 AND athlete_id = person.athlete_id AND recorded_at < $3
	ORDER BY recorded_at DESC
	LIMIT $4::int
) AS event
ORDER BY recorded_at DESC
LIMIT $4::int
