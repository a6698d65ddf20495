-- Newest first, by consent_by_athlete.
SELECT consent_id, purpose, channel, granted, text_version, recorded_at, copy_given FROM consent
WHERE organisation_id = $1 AND athlete_id = $2 ORDER BY recorded_at DESC, consent_id DESC
