-- What limits a visit beside what is taken: the gap between the practitioner's ($2) visits before and
-- after it ($7 to $8, with buffers) and the way from and to their clinics, and the plans of the athlete
-- ($3) for service $4 that it falls into, with what is used of them. $9: an appointment that is not in
-- its own way. $10 now: a hold past its time is none. appointment_practitioner_busy (no way takes more
-- than 12 hours), travel_key, visit_plan_of_athlete, appointment_by_athlete. Locks nothing.
SELECT
	(date_part('epoch', $7::timestamptz - before.blocked_until) * 1000000)::bigint AS before_gap_us,
	there.minutes AS before_minutes,
	(date_part('epoch', after.blocked_from - $8::timestamptz) * 1000000)::bigint AS after_gap_us,
	onward.minutes AS after_minutes,
	(SELECT string_agg(concat_ws(' ', l.visits,
		(SELECT count(*) FROM appointment a WHERE a.organisation_id = $1
			AND a.person_id = l.person_id AND a.starts_at >= l.starts_at AND a.starts_at < l.ends_at
			AND (l.service_id IS NULL OR a.service_id = l.service_id)
			AND a.state IN ('held', 'booked', 'checked_in', 'completed', 'no_show')
			AND a.appointment_id IS DISTINCT FROM $9
			AND NOT (a.state = 'held' AND a.hold_expires_at <= $10)),
		coalesce(l.service_id::text, '-'),
		(date_part('epoch', l.starts_at) * 1000000)::bigint,
		(date_part('epoch', l.ends_at) * 1000000)::bigint), ',')
		FROM visit_plan l WHERE l.organisation_id = $1
		AND l.person_id = (SELECT person_id FROM person_of($1, $3)) AND (l.service_id IS NULL OR l.service_id = $4)
		AND l.starts_at <= $6 AND l.ends_at > $6) AS plans
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
