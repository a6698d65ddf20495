-- The service, and whether the athlete ($3, may be NULL) is known; one row or none.
-- service_key, athlete_key.
SELECT duration_minutes, buffer_before_minutes, buffer_after_minutes,
	$3::uuid IS NULL OR coalesce((SELECT true FROM athlete
		WHERE organisation_id = $1 AND athlete_id = $3), false) AS athlete_known
FROM service WHERE organisation_id = $1 AND service_id = $2
