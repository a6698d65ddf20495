-- Why a booking was refused, seen after it was: whether its key is known by now (it came twice), who
-- is busy ($2 practitioner, $3 athlete, $4 and $5 the place in a room, each by its index), and
-- whether there are holds past their time ($11 now, by appointment_held): they are nobody's and are
-- to be ended. $6, $7 the visit; $8, $9 with buffers; $10 the key; $12 the appointment that is moved.
SELECT
	(SELECT true FROM idempotency WHERE organisation_id = $1 AND key = $10) AS key_known,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND practitioner_id = $2
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from < $9 AND blocked_from > $8::timestamptz - interval '12 hours'
		AND blocked_until > $8 AND appointment_id IS DISTINCT FROM $12
		AND NOT (state = 'held' AND hold_expires_at <= $11) LIMIT 1) AS practitioner_busy,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $3))
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND starts_at < $7 AND starts_at > $6::timestamptz - interval '12 hours'
		AND ends_at > $6 AND appointment_id IS DISTINCT FROM $12
		AND NOT (state = 'held' AND hold_expires_at <= $11) LIMIT 1) AS athlete_busy,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND room_id = $4 AND place = $5
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from < $9 AND blocked_from > $8::timestamptz - interval '12 hours'
		AND blocked_until > $8 AND appointment_id IS DISTINCT FROM $12
		AND NOT (state = 'held' AND hold_expires_at <= $11) LIMIT 1) AS place_busy,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND state = 'held'
		AND hold_expires_at <= $11 LIMIT 1) AS dead_holds
