-- O2: what was measured of the person who has id $2 before needles went in, since $3: for each instrument,
-- area and side the newest. By note_by_athlete, note_version and note_measure_key. Locks: none.
SELECT DISTINCT ON (instrument, area, side) instrument, area, side, value, note.treated_at, note.note_id
FROM person_ids($1, $2) AS person
JOIN note ON note.organisation_id = $1 AND note.athlete_id = person.athlete_id
JOIN note_measure ON note_measure.organisation_id = $1 AND note_measure.note_id = note.note_id
WHERE note.signed_at >= $3 AND procedure_code <> '' AND moment = 'before'
	AND NOT EXISTS (
		SELECT FROM note AS later
		WHERE later.organisation_id = $1 AND later.encounter_id = note.encounter_id
			AND later.version = note.version + 1
	)
ORDER BY instrument, area, side, note.treated_at DESC
