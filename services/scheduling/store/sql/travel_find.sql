-- The way from clinic $2 to clinic $3; one row or none, by travel_key.
SELECT minutes FROM travel WHERE organisation_id = $1 AND from_clinic_id = $2 AND to_clinic_id = $3
