-- Takes out the phrase or note template of code $4, of clinic $2 (NULL: of the organisation): their own, or
-- when they have none and $5 says that one comes with the programs, that, by a row without content of id $6,
-- put at $7 by $8. By wording_code. Locks: its row; shares the clinic's by the foreign key.
WITH own AS (
	DELETE FROM wording
	WHERE organisation_id = $1 AND kind = $3 AND code = $4 AND clinic_id IS NOT DISTINCT FROM $2::uuid
		AND content IS NOT NULL
	RETURNING code
)
INSERT INTO wording (organisation_id, wording_id, clinic_id, kind, code, put_at, put_by)
SELECT $1, $6, $2::uuid, $3, $4, $7, $8
WHERE $5::boolean AND NOT EXISTS (SELECT FROM own)
ON CONFLICT ON CONSTRAINT wording_code DO NOTHING
