-- An athlete's plans with what is used of them, as book_limits counts it ($3 now);
-- visit_plan_of_athlete, appointment_by_athlete.
SELECT l.plan_id, l.athlete_id, l.service_id, l.name, l.visits, l.starts_at, l.ends_at,
	(SELECT count(*) FROM appointment a WHERE a.organisation_id = $1
		AND a.person_id = l.person_id AND a.starts_at >= l.starts_at AND a.starts_at < l.ends_at
		AND (l.service_id IS NULL OR a.service_id = l.service_id)
		AND a.state IN ('held', 'booked', 'checked_in', 'completed', 'no_show')
		AND NOT (a.state = 'held' AND a.hold_expires_at <= $3)) AS used
FROM visit_plan l WHERE l.organisation_id = $1 AND l.person_id = (SELECT person_id FROM person_of($1, $2))
ORDER BY l.starts_at, l.plan_id
