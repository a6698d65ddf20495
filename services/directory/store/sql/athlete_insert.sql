-- Fails by athlete_home_clinic when the clinic is not the organisation's.
INSERT INTO athlete (organisation_id, athlete_id, given_name, family_name, birth_date, zone,
	home_clinic_id, sport, guardian_name, registered_at, language)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
