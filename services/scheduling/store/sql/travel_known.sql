-- Whether both clinics are known; clinic_key.
SELECT count(*) = 2 AS known FROM clinic
WHERE organisation_id = $1 AND clinic_id IN ($2::uuid, $3::uuid)
