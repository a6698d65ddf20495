-- Adverse events of the person who has id $2, recorded before $3, or at $3 and before event $4 (NULL: none at $3),
-- newest first, at most $5. By adverse_event_by_athlete, backwards. Locks: none.
SELECT event.*, true AS found
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
		treated_at, occurred_at, recorded_at, recorded_by, medical_care, interfered_with_activities,
		admission, lasting_disability, death
	FROM adverse_event
	WHERE organisation_id = $1 AND athlete_id = person.athlete_id AND recorded_at <= $3
		AND (recorded_at < $3 OR adverse_event_id < $4::uuid)
	ORDER BY recorded_at DESC, adverse_event_id DESC
	LIMIT $5::int
) AS event
ORDER BY recorded_at DESC, adverse_event_id DESC
LIMIT $5::int
