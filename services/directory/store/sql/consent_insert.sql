-- Fails by consent_athlete when the athlete is not the organisation's.
INSERT INTO consent (organisation_id, athlete_id, consent_id, purpose, channel, granted,
	text_version, copy_given, recorded_at, recorded_by, guardian_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
