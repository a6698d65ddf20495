-- All clinics of the organisation; clinic_key, sorted after.
SELECT clinic_id, name, zone, jurisdiction FROM clinic WHERE organisation_id = $1
ORDER BY name, clinic_id
