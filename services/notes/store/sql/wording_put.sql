-- A phrase or note template, in place of the one of that code, or of its being taken out. By wording_code. Locks: its row; shares the
-- clinic's by the foreign key.
INSERT INTO wording (organisation_id, wording_id, clinic_id, kind, code, content, put_at, put_by)
VALUES ($1, $2, $3::uuid, $4, $5, $6, $7, $8)
ON CONFLICT ON CONSTRAINT wording_code DO UPDATE
	SET content = excluded.content, put_at = excluded.put_at, put_by = excluded.put_by
