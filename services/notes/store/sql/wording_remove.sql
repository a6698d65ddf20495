-- Takes out the phrase or note template of code $4, of clinic $2 (NULL: of the organisation). By
-- wording_code. Locks: its row.
DELETE FROM wording
WHERE organisation_id = $1 AND kind = $3 AND code = $4 AND clinic_id IS NOT DISTINCT FROM $2::uuid
