-- Consent of athlete $2 of organisation $1 for purpose $3 by channel $4: granted $5, said at $6.
-- An older word than the one that is kept changes nothing.
-- Index: consent_pkey. Locks: the row.
INSERT INTO consent (organisation_id, athlete_id, purpose, channel, granted, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organisation_id, athlete_id, purpose, channel) DO UPDATE
SET granted = excluded.granted, recorded_at = excluded.recorded_at
WHERE consent.recorded_at <= excluded.recorded_at
