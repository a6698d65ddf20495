-- The versions after $4 of the draft of encounter $2 for note version $3 (0: the newest with a draft), at
-- most $5, in their order. By draft_key. Locks: none.
SELECT version, base_version, refused, saved_at, saved_by, content, typed
FROM draft
WHERE organisation_id = $1 AND encounter_id = $2 AND version > $4
	AND note_version = (SELECT CASE WHEN $3::int > 0 THEN $3::int ELSE
		(SELECT max(other.note_version) FROM draft AS other
			WHERE other.organisation_id = $1 AND other.encounter_id = $2) END)
ORDER BY version
LIMIT $5
