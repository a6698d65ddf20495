-- Adverse events of the organisation, recorded before $2, newest first, at most $3.
-- By adverse_event_newest, backwards. Locks: none.
SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
	treated_at, occurred_at, recorded_at, recorded_by
FROM adverse_event
WHERE organisation_id = $1 AND recorded_at < $2
ORDER BY recorded_at DESC
LIMIT $3::int
