-- Second: the hours of before; working_hours_key.
DELETE FROM working_hours
WHERE organisation_id = $1 AND practitioner_id = $2 AND clinic_id = $3
