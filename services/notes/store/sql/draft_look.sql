-- The draft of the next note of encounter $2, and its version $3: one row, or none when there is no such
-- encounter. Without content when it was discarded, or there is none. By encounter_key, note_version, draft_key
-- and draft_discarded. Locks: none.
SELECT encounter.athlete_id, encounter.practitioner_id, newest.note_id,
	coalesce(newest.version, 0) + 1 AS note_version, last.version AS last_version, current.version,
	current.content, current.saved_by,
	current.saved_at, base.content AS base_content, discarded.version AS discarded_version
FROM encounter
LEFT JOIN LATERAL (
	SELECT note_id, version
	FROM note
	WHERE organisation_id = $1 AND note.encounter_id = encounter.encounter_id
	ORDER BY version DESC
	LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
	SELECT version
	FROM draft
	WHERE organisation_id = $1 AND draft.encounter_id = encounter.encounter_id
		AND note_version = coalesce(newest.version, 0) + 1
	ORDER BY version DESC
	LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
	SELECT version, content, saved_by, saved_at
	FROM draft
	WHERE organisation_id = $1 AND draft.encounter_id = encounter.encounter_id
		AND note_version = coalesce(newest.version, 0) + 1 AND NOT refused
	ORDER BY version DESC
	LIMIT 1
) AS current ON true
LEFT JOIN LATERAL (
	SELECT version
	FROM draft
	WHERE organisation_id = $1 AND draft.encounter_id = encounter.encounter_id
		AND note_version = coalesce(newest.version, 0) + 1 AND content IS NULL
	ORDER BY version DESC
	LIMIT 1
) AS discarded ON true
LEFT JOIN draft AS base ON base.organisation_id = $1 AND base.encounter_id = encounter.encounter_id
	AND base.note_version = coalesce(newest.version, 0) + 1 AND base.version = $3 AND NOT base.refused
WHERE encounter.organisation_id = $1 AND encounter.encounter_id = $2
