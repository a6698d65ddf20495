-- A version of a draft. A second one of the same number fails by draft_key. Locks: the new row; the
-- encounter's, against a signature at the same moment.
INSERT INTO draft (organisation_id, encounter_id, note_version, version, base_version, refused, saved_at,
	saved_by, content, typed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
