-- The notes of the person who has id $2 in their newest versions, the last signed first, at most $3;
-- areas as "calf:left hamstring:right".
-- By note_by_athlete, backwards, note_version, note_area_key and note_signature_key. Locks: none.
SELECT note.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT note_id, encounter_id, signed_at, complaint, (
		SELECT string_agg(area || ':' || side, ' ' ORDER BY position)
		FROM note_area
		WHERE note_area.organisation_id = $1 AND note_area.note_id = note.note_id
	) AS areas, version,
		cosigner_id IS NOT NULL AND NOT EXISTS (
			SELECT FROM note_signature
			WHERE note_signature.organisation_id = $1 AND note_signature.note_id = note.note_id
				AND meaning = 'cosigner'
		) AS awaits_cosignature
	FROM note
	WHERE organisation_id = $1 AND athlete_id = person.athlete_id AND NOT EXISTS (
		SELECT FROM note AS later
		WHERE later.organisation_id = $1 AND later.encounter_id = note.encounter_id
			AND later.version = note.version + 1
	)
	ORDER BY signed_at DESC, note_id DESC
	LIMIT $3::int
) AS note
ORDER BY signed_at DESC, note_id DESC
LIMIT $3::int
