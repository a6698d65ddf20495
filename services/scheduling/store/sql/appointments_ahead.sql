-- How many visits of athlete $2 lie ahead of $3, counted to $4 at most. By appointment_by_athlete.
-- Locks nothing.
SELECT count(*) AS ahead FROM (
	SELECT FROM appointment
	WHERE organisation_id = $1 AND person_id = ANY (ARRAY(SELECT athlete_id FROM person_ids($1, $2))) AND starts_at > $3::timestamptz
		AND (state = 'booked' OR (state = 'held' AND hold_expires_at > $3))
	LIMIT $4::int
) AS visits
