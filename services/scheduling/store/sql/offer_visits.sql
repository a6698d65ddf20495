-- The athlete's own visits within [$3, $4), by appointment_by_athlete.
SELECT starts_at, ends_at FROM appointment
WHERE organisation_id = $1 AND athlete_id = $2
	AND state IN ('booked', 'checked_in', 'completed')
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '12 hours' AND ends_at > $3
ORDER BY starts_at
