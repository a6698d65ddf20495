-- The notes of athlete $2, newest first, at most $3; areas as "calf:left hamstring:right".
-- By note_by_athlete, backwards, and note_area_key. Locks: none.
SELECT note_id, encounter_id, signed_at, complaint, (
	SELECT string_agg(area || ':' || side, ' ' ORDER BY position)
	FROM note_area
	WHERE note_area.organisation_id = $1 AND note_area.note_id = note.note_id
) AS areas
FROM note
WHERE organisation_id = $1 AND athlete_id = $2
ORDER BY signed_at DESC, note_id DESC
LIMIT $3::int
