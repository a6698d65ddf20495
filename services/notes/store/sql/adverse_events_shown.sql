-- Adverse events of the person who has id $2 for who is about to treat: serious ones first, then significant ones,
-- then the others, newest first, at most $3. By adverse_event_by_athlete; a person has few. Locks: none.
SELECT adverse_event_id, note_id, event.athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text, treated_at,
	occurred_at, recorded_at, recorded_by, medical_care, interfered_with_activities, admission, lasting_disability,
	death, true AS found
FROM person_ids($1, $2) AS person
JOIN adverse_event AS event ON event.organisation_id = $1 AND event.athlete_id = person.athlete_id
ORDER BY array_position(ARRAY['serious', 'significant'], grade), recorded_at DESC, adverse_event_id DESC
LIMIT $3::int
