-- Keeps what is known of athlete $2 of organisation $1: zone $3, home clinic $4, guardian $5, language $6.
-- Index: athlete_pkey. Locks: the row.
INSERT INTO athlete (organisation_id, athlete_id, zone, home_clinic_id, has_guardian, language)
VALUES ($1, $2, known_zone($3), $4, $5, $6)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET zone = excluded.zone, home_clinic_id = excluded.home_clinic_id, has_guardian = excluded.has_guardian,
	language = excluded.language
