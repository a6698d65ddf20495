-- Adverse events of the organisation, recorded before $2, newest first, at most $3: those that practitioner
-- $4 (NULL: not bound by clinics) may read at $5.
-- By adverse_event_newest, backwards, and what access_of names. Locks: none.
SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
	treated_at, occurred_at, recorded_at, recorded_by
FROM adverse_event AS adverse
WHERE organisation_id = $1 AND recorded_at < $2
	AND EXISTS (SELECT FROM access_of($1, $4::uuid, adverse.athlete_id, $5::timestamptz))
ORDER BY recorded_at DESC
LIMIT $3::int
