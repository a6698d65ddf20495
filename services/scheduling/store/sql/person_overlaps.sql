-- Coming visits at $4 of record $2 that are at the same time as visits of person $3, with the first of those.
-- appointment_by_athlete. Locks nothing.
SELECT mine.appointment_id, mine.clinic_id, theirs.appointment_id AS other_id
FROM appointment AS mine
CROSS JOIN LATERAL (
	SELECT theirs.appointment_id FROM appointment AS theirs
	WHERE theirs.organisation_id = $1 AND theirs.person_id = $3 AND theirs.state IN ('held', 'booked')
		AND theirs.starts_at > mine.starts_at - interval '12 hours'
		AND theirs.starts_at < mine.ends_at AND theirs.ends_at > mine.starts_at
	ORDER BY theirs.starts_at, theirs.appointment_id LIMIT 1
) AS theirs
WHERE mine.organisation_id = $1 AND mine.person_id = $2 AND mine.state IN ('held', 'booked')
	AND mine.starts_at > $4
ORDER BY mine.starts_at, mine.appointment_id LIMIT 100
