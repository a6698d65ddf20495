-- R5: the newest word of an athlete on treatment stays, in whatever order they come.
-- By treatment_consent_key. Locks: the athlete's row.
INSERT INTO treatment_consent AS known
	(organisation_id, athlete_id, consent_id, granted, text_version, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET consent_id = excluded.consent_id, granted = excluded.granted,
	text_version = excluded.text_version, recorded_at = excluded.recorded_at
WHERE known.organisation_id = $1
	AND (known.recorded_at, known.consent_id) < (excluded.recorded_at, excluded.consent_id)
