-- The addenda under the versions before note $2, the last $4, in their order; $3 as in signatures_of.
-- By note_key, note_version and note_signature_key. Locks: none.
SELECT seal, signature, public_key
FROM (
	SELECT given.seal, given.signature, given.public_key, earlier.version, given.number
	FROM note
	JOIN note AS earlier ON earlier.organisation_id = $1 AND earlier.encounter_id = note.encounter_id
		AND earlier.version < note.version
	JOIN note_signature AS given ON given.organisation_id = $1 AND given.note_id = earlier.note_id
		AND given.meaning = 'addendum'
	WHERE note.organisation_id = $1 AND note.note_id = $2 AND ($3::uuid IS NULL OR note.athlete_id IN (
		SELECT person.athlete_id FROM person_ids($1, $3::uuid) AS person))
	ORDER BY earlier.version DESC, given.number DESC
	LIMIT $4::int
) AS last
ORDER BY version, number
