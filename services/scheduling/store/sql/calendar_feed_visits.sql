-- Visits of practitioner $2, room $3 or athlete $4 (two are NULL) that start in [$5, $6), earliest first,
-- at most $8: those that take time at $7, holds too, and those that were cancelled or missed since $9.
-- appointment_practitioner_busy and _ended, appointment_room_busy and _ended,
-- appointment_by_athlete (no buffer is longer than two hours); clinic_key, room_key, service_key. Each
-- visit is read once, where its index finds it: thousands joined by id would be as many look-ups again.
WITH a AS (
	SELECT organisation_id, appointment_id, version, state, starts_at, ends_at, state_at, booked_at,
		hold_expires_at, service_id, clinic_id, room_id
	FROM appointment WHERE organisation_id = $1 AND practitioner_id = $2
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from > $5::timestamptz - interval '121 minutes' AND blocked_from < $6
	UNION ALL
	SELECT organisation_id, appointment_id, version, state, starts_at, ends_at, state_at, booked_at,
		hold_expires_at, service_id, clinic_id, room_id
	FROM appointment WHERE organisation_id = $1 AND practitioner_id = $2
		AND state IN ('cancelled', 'no_show', 'expired') AND starts_at >= $5 AND starts_at < $6
	UNION ALL
	SELECT organisation_id, appointment_id, version, state, starts_at, ends_at, state_at, booked_at,
		hold_expires_at, service_id, clinic_id, room_id
	FROM appointment WHERE organisation_id = $1 AND room_id = $3
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from > $5::timestamptz - interval '121 minutes' AND blocked_from < $6
	UNION ALL
	SELECT organisation_id, appointment_id, version, state, starts_at, ends_at, state_at, booked_at,
		hold_expires_at, service_id, clinic_id, room_id
	FROM appointment WHERE organisation_id = $1 AND room_id = $3
		AND state IN ('cancelled', 'no_show', 'expired') AND starts_at >= $5 AND starts_at < $6
	UNION ALL
	SELECT organisation_id, appointment_id, version, state, starts_at, ends_at, state_at, booked_at,
		hold_expires_at, service_id, clinic_id, room_id
	FROM appointment WHERE organisation_id = $1 AND person_id = ANY (ARRAY(SELECT athlete_id FROM person_ids($1, $4)))
		AND starts_at >= $5 AND starts_at < $6
)
SELECT a.appointment_id, a.version, a.state, a.starts_at, a.ends_at,
	coalesce(a.state_at, a.booked_at) AS changed_at,
	(SELECT s.name FROM service s WHERE s.organisation_id = a.organisation_id
		AND s.service_id = a.service_id) AS service,
	(SELECT c.name FROM clinic c WHERE c.organisation_id = a.organisation_id
		AND c.clinic_id = a.clinic_id) AS clinic,
	(SELECT c.zone FROM clinic c WHERE c.organisation_id = a.organisation_id
		AND c.clinic_id = a.clinic_id) AS zone,
	(SELECT r.name FROM room r WHERE r.organisation_id = a.organisation_id
		AND r.clinic_id = a.clinic_id AND r.room_id = a.room_id) AS room
FROM a
WHERE a.starts_at >= $5 AND a.starts_at < $6
	AND (a.state IN ('booked', 'checked_in', 'completed')
		OR a.state = 'held' AND a.hold_expires_at > $7
		OR a.state IN ('cancelled', 'no_show') AND a.state_at > $9)
ORDER BY a.starts_at, a.appointment_id LIMIT $8
