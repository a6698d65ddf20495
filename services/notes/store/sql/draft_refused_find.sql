-- The version in which what was typed ($5, of version $4) was refused before, in the draft of encounter $2
-- for note version $3: one row or none. By draft_key. Locks: none.
SELECT version
FROM draft
WHERE organisation_id = $1 AND encounter_id = $2 AND note_version = $3 AND refused AND base_version = $4
	AND content = $5
LIMIT 1
