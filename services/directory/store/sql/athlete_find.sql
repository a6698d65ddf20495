-- One row or none, by athlete_key.
SELECT athlete_id, given_name, family_name, birth_date, zone, home_clinic_id, sport, guardian_name
FROM athlete WHERE organisation_id = $1 AND athlete_id = $2
