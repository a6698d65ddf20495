-- When practitioners $2 are busy within [$3, $4), by appointment_practitioner_busy alone, packed by
-- practitioner, room and place: pairs of instants in microseconds from PostgreSQL's epoch. No blocked
-- range is longer than 12 hours.
SELECT practitioner_id, room_id, place,
	string_agg(timestamptz_send(blocked_from) || timestamptz_send(blocked_until), '') AS ranges
FROM appointment
WHERE organisation_id = $1 AND state IN ('held', 'booked', 'checked_in', 'completed')
	AND practitioner_id = ANY ($2::uuid[])
	AND blocked_from < $4 AND blocked_from > $3::timestamptz - interval '12 hours'
	AND blocked_until > $3
GROUP BY practitioner_id, room_id, place
ORDER BY practitioner_id
