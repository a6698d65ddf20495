-- R5: a word of an athlete on treatment; twice is once, in whatever order they come.
-- By treatment_consent_key. Locks: the new row.
INSERT INTO treatment_consent
	(organisation_id, athlete_id, consent_id, granted, text_version, recorded_at,
	copy_given)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING
