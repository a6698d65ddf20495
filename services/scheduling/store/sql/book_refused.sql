-- Why a booking was refused, seen after it was: whether its key is known by now (it came twice),
-- who is busy ($2 practitioner, $3 athlete, $4 room, each by its index), and the rooms of clinic $5
-- that are free. $6, $7 the visit; $8, $9 with buffers; $10 the key.
SELECT
	(SELECT true FROM idempotency WHERE organisation_id = $1 AND key = $10) AS key_known,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND practitioner_id = $2
		AND state IN ('booked', 'checked_in', 'completed')
		AND blocked_from < $9 AND blocked_from > $8::timestamptz - interval '12 hours'
		AND blocked_until > $8 LIMIT 1) AS practitioner_busy,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND athlete_id = $3
		AND state IN ('booked', 'checked_in', 'completed')
		AND starts_at < $7 AND starts_at > $6::timestamptz - interval '12 hours'
		AND ends_at > $6 LIMIT 1) AS athlete_busy,
	(SELECT true FROM appointment WHERE organisation_id = $1 AND room_id = $4
		AND state IN ('booked', 'checked_in', 'completed')
		AND blocked_from < $9 AND blocked_from > $8::timestamptz - interval '12 hours'
		AND blocked_until > $8 LIMIT 1) AS room_busy,
	(SELECT string_agg(r.room_id::text, ' ' ORDER BY r.room_id) FROM room r
		WHERE r.organisation_id = $1 AND r.clinic_id = $5
		AND (SELECT true FROM appointment b WHERE b.organisation_id = $1
			AND b.room_id = r.room_id AND b.state IN ('booked', 'checked_in', 'completed')
			AND b.blocked_from < $9
			AND b.blocked_from > $8::timestamptz - interval '12 hours'
			AND b.blocked_until > $8 LIMIT 1) IS NULL) AS rooms
