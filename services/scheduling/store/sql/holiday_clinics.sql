-- The clinics of an organisation, those in $2 alone unless it is NULL, with their zones; clinic_key.
SELECT clinic_id, zone FROM clinic
WHERE organisation_id = $1 AND ($2::uuid[] IS NULL OR clinic_id IN (SELECT unnest($2::uuid[])))
ORDER BY clinic_id LIMIT 1000
