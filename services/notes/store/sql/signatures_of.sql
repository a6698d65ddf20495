-- The signatures under note $2; $3 NULL: of any athlete's, else of that person's alone.
-- By note_signature_key and note_key. Locks: none.
SELECT seal, signature, public_key
FROM note_signature
WHERE organisation_id = $1 AND note_id = $2 AND ($3::uuid IS NULL OR EXISTS (
	SELECT FROM note
	WHERE note.organisation_id = $1 AND note.note_id = $2 AND athlete_id IN (
		SELECT person.athlete_id FROM person_ids($1, $3::uuid) AS person)
))
ORDER BY number
