-- When athlete $2 was needled since $3, newest first. visit_by_athlete.
SELECT treated_at FROM visit
WHERE organisation_id = $1 AND athlete_id = $2 AND treated_at >= $3 AND needled
ORDER BY treated_at DESC LIMIT 200
