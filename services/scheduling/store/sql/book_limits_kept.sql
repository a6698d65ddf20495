-- Behind book_lock_…: as book_limits sees it now, nothing is too near ($11: whatever is) and every plan
-- has a visit left ($12: or has not); else the unit ends, SL007. The same indexes. Locks nothing.
SELECT
	require($11::boolean OR NOT coalesce(before.blocked_until
			+ make_interval(mins => there.minutes) > $7::timestamptz, false)
		AND NOT coalesce($8::timestamptz + make_interval(mins => onward.minutes)
			> after.blocked_from, false), 'SL007', 'a visit elsewhere has come near'),
	require($12::boolean OR NOT coalesce((SELECT bool_or((SELECT count(*) FROM appointment a WHERE a.organisation_id = $1
			AND a.person_id = l.person_id AND a.starts_at >= l.starts_at AND a.starts_at < l.ends_at
			AND (l.service_id IS NULL OR a.service_id = l.service_id)
			AND a.state IN ('held', 'booked', 'checked_in', 'completed', 'no_show')
			AND a.appointment_id IS DISTINCT FROM $9
			AND NOT (a.state = 'held' AND a.hold_expires_at <= $10))
		>= l.visits) FROM visit_plan l WHERE l.organisation_id = $1
		AND l.person_id = (SELECT person_id FROM person_of($1, $3)) AND (l.service_id IS NULL OR l.service_id = $4)
		AND l.starts_at <= $6 AND l.ends_at > $6), false),
		'SL007', 'the plan has been used up')
FROM (SELECT $5::uuid) AS asked (clinic_id)
LEFT JOIN LATERAL (SELECT b.clinic_id, b.blocked_until FROM appointment b
	WHERE b.organisation_id = $1 AND b.practitioner_id = $2
	AND b.state IN ('held', 'booked', 'checked_in', 'completed')
	AND b.blocked_from < $7 AND b.blocked_from > $7::timestamptz - interval '24 hours'
	AND b.appointment_id IS DISTINCT FROM $9
	AND NOT (b.state = 'held' AND b.hold_expires_at <= $10)
	ORDER BY b.blocked_from DESC LIMIT 1) AS before ON true
LEFT JOIN LATERAL (SELECT b.clinic_id, b.blocked_from FROM appointment b
	WHERE b.organisation_id = $1 AND b.practitioner_id = $2
	AND b.state IN ('held', 'booked', 'checked_in', 'completed')
	AND b.blocked_from >= $7 AND b.blocked_from < $8::timestamptz + interval '12 hours'
	AND b.appointment_id IS DISTINCT FROM $9
	AND NOT (b.state = 'held' AND b.hold_expires_at <= $10)
	ORDER BY b.blocked_from LIMIT 1) AS after ON true
LEFT JOIN LATERAL (SELECT t.minutes FROM travel t WHERE t.organisation_id = $1
	AND t.from_clinic_id = before.clinic_id AND t.to_clinic_id = $5 LIMIT 1) AS there ON true
LEFT JOIN LATERAL (SELECT t.minutes FROM travel t WHERE t.organisation_id = $1
	AND t.from_clinic_id = $5 AND t.to_clinic_id = after.clinic_id LIMIT 1) AS onward ON true
