-- Forgets versions up to $4 of the draft of encounter $2 for note version $3, but its first, and what was
-- refused or discards. By draft_key. Locks: the rows.
DELETE FROM draft
WHERE organisation_id = $1 AND encounter_id = $2 AND note_version = $3 AND version > 1 AND version <= $4
	AND NOT refused AND content IS NOT NULL
