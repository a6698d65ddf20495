-- Takes out the phrase or note template of code $4, of clinic $2 (NULL: of the organisation): their own; with $5 also
-- the one that comes with the programs, by a row without content of id $6, put at $7 by $8. Asked twice, it is the
-- same as once. Ends the unit, SL003, when there is no such clinic. By clinic_key and wording_code.
-- Locks: its row; shares the clinic's by the foreign key.
WITH own AS (
	DELETE FROM wording
	WHERE organisation_id = $1 AND kind = $3 AND code = $4 AND clinic_id IS NOT DISTINCT FROM $2::uuid
		AND content IS NOT NULL AND NOT $5::boolean
), ours AS (
	INSERT INTO wording (organisation_id, wording_id, clinic_id, kind, code, put_at, put_by)
	SELECT $1, $6, $2::uuid, $3, $4, $7, $8
	WHERE $5::boolean
	ON CONFLICT ON CONSTRAINT wording_code DO UPDATE
		SET content = NULL, put_at = excluded.put_at, put_by = excluded.put_by
		WHERE wording.content IS NOT NULL
)
SELECT require($2::uuid IS NULL OR EXISTS (
	SELECT FROM clinic WHERE organisation_id = $1::uuid AND clinic_id = $2::uuid
), 'SL003', 'no such clinic')
