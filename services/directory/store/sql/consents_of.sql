-- Of the person who has id $2, newest first. By consent_by_athlete.
SELECT consent_id, purpose, channel, granted, text_version, recorded_at, copy_given, guardian_name
FROM person_ids($1, $2) AS person
JOIN consent ON consent.organisation_id = $1 AND consent.athlete_id = person.athlete_id
ORDER BY recorded_at DESC, consent_id DESC
