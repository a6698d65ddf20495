-- The phrases or note templates (kind $3) that hold at clinic $2 (NULL: the organisation's), by code, behind
-- code $4, at most $5; of one code the clinic's counts. By wording_code. Locks: none.
SELECT DISTINCT ON (code) clinic_id, code, content, put_at, put_by
FROM wording
WHERE organisation_id = $1 AND kind = $3 AND code > $4 AND (clinic_id IS NULL OR clinic_id = $2::uuid)
ORDER BY code, clinic_id
LIMIT $5
