-- lane: bulk
-- Forgets drafts whose note was signed before $2, with all their versions, and of others what was discarded
-- before $2; some $3 drafts. By draft_begun, note_version and draft_key. Locks: the rows.
DELETE FROM draft
USING (
	SELECT encounter_id, note_version, 2147483647 AS before_version
	FROM draft AS begun
	WHERE organisation_id = $1 AND (version = 1 OR content IS NULL) AND saved_at < $2 AND EXISTS (
		SELECT FROM note
		WHERE note.organisation_id = $1 AND note.encounter_id = begun.encounter_id
			AND note.version = begun.note_version AND note.signed_at < $2
	)
	UNION ALL
	SELECT encounter_id, note_version, version
	FROM draft AS discards
	WHERE organisation_id = $1 AND content IS NULL AND saved_at < $2 AND EXISTS (
		SELECT FROM draft AS former
		WHERE former.organisation_id = $1 AND former.encounter_id = discards.encounter_id
			AND former.note_version = discards.note_version
			AND former.version < discards.version
	)
	LIMIT $3
) AS ended
WHERE draft.organisation_id = $1 AND draft.encounter_id = ended.encounter_id
	AND draft.note_version = ended.note_version AND draft.version < ended.before_version
