-- book_look_one for many callers: an array for each parameter, a row for each caller.
SELECT asked.caller,
	(SELECT true FROM athlete a WHERE a.organisation_id = asked.organisation_id
		AND a.athlete_id = asked.athlete_id) AS athlete_known,
	(SELECT s.skill = '' OR s.skill = ANY (p.skills) FROM practitioner p
		WHERE p.organisation_id = asked.organisation_id
		AND p.practitioner_id = asked.practitioner_id) AS skilled,
	c.clinic_id IS NOT NULL AS clinic_known,
	s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.hold_minutes,
	date_part('epoch', v.local_start - (asked.starts_at AT TIME ZONE 'UTC'))::int AS offset_s,
	day_begins(date_trunc('day', v.local_start), c.zone) AS day_starts_at,
	day_begins(date_trunc('day', v.local_start) + interval '1 day', c.zone) AS day_ends_at,
	(SELECT true FROM opening h WHERE h.organisation_id = asked.organisation_id
		AND h.practitioner_id = asked.practitioner_id AND h.clinic_id = asked.clinic_id
		AND h.opens_at <= asked.starts_at AND h.opens_at > v.opened_after
		AND h.closes_at >= v.ends_at LIMIT 1) AS works,
	(SELECT true FROM absence x WHERE x.organisation_id = asked.organisation_id
		AND x.practitioner_id = asked.practitioner_id AND x.starts_at < v.ends_at
		AND x.starts_at > v.absent_after
		AND x.ends_at > asked.starts_at
		ORDER BY x.starts_at DESC LIMIT 1) AS practitioner_absent,
	(SELECT true FROM absence x WHERE x.organisation_id = asked.organisation_id
		AND x.clinic_id = asked.clinic_id AND x.starts_at < v.ends_at
		AND x.starts_at > v.absent_after
		AND x.ends_at > asked.starts_at
		ORDER BY x.starts_at DESC LIMIT 1) AS clinic_absent,
	(SELECT string_agg(concat_ws(' ', r.room_id, r.capacity,
			(s.room_kind <> '' AND r.kind <> s.room_kind)::int
			+ CASE WHEN r.equipment @> s.equipment THEN 0 ELSE 2 END
			+ coalesce((SELECT 4 FROM absence x WHERE x.organisation_id = r.organisation_id
				AND x.room_id = r.room_id AND x.starts_at < v.ends_at
				AND x.starts_at > v.absent_after
				AND x.ends_at > asked.starts_at
				ORDER BY x.starts_at DESC LIMIT 1), 0),
			CASE WHEN asked.room_id IS NULL OR r.capacity > 1 THEN (
				SELECT string_agg(b.place::text, '.') FROM appointment b
				WHERE b.organisation_id = r.organisation_id AND b.room_id = r.room_id
				AND b.state IN ('held', 'booked', 'checked_in', 'completed')
				AND b.blocked_from < v.blocked_until
				AND b.blocked_from > v.busy_after
				AND b.blocked_until > v.blocked_from
				AND b.appointment_id IS DISTINCT FROM asked.moved) END), ','
			ORDER BY hashtext(r.room_id::text || asked.practitioner_id::text)) FROM room r
		WHERE r.organisation_id = asked.organisation_id AND r.clinic_id = asked.clinic_id
		AND (asked.room_id IS NULL OR r.room_id = asked.room_id)) AS rooms,
	(SELECT true FROM visit_plan l WHERE l.organisation_id = asked.organisation_id
		AND l.person_id = person.person_id
		AND (l.service_id IS NULL OR l.service_id = asked.service_id)
		AND l.starts_at <= asked.starts_at AND l.ends_at > asked.starts_at LIMIT 1) AS planned,
	(SELECT true FROM workplace w WHERE w.organisation_id = asked.organisation_id
		AND w.practitioner_id = asked.practitioner_id AND w.clinic_id <> asked.clinic_id
		AND (SELECT true FROM travel t WHERE t.organisation_id = w.organisation_id
			AND t.from_clinic_id IN (w.clinic_id, asked.clinic_id)
			AND t.to_clinic_id IN (w.clinic_id, asked.clinic_id) LIMIT 1) LIMIT 1) AS travels,
	(SELECT string_agg(concat_ws(' ', t.kind, (date_part('epoch', t.starts_at) * 1000000)::bigint,
			(date_part('epoch', t.ends_at) * 1000000)::bigint, t.all_day::int), ' '
			ORDER BY t.starts_at) FROM training_session t
		WHERE t.organisation_id = asked.organisation_id AND t.person_id = person.person_id
		AND t.starts_at < v.trained_before
		AND t.starts_at > v.trained_after
		AND t.ends_at > v.block_after) AS sessions,
	(SELECT string_agg(concat_ws(chr(31), o.review_id, o.area, o.side, o.advice,
			(date_part('epoch', o.raised_at) * 1000000)::bigint), chr(30)
			ORDER BY o.raised_at, o.review_id) FROM open_review o
		WHERE o.organisation_id = asked.organisation_id AND o.person_id = person.person_id
		AND o.answered_at IS NULL) AS reviews,
	concat_ws(' ', coalesce(d.warn_hours, -1), coalesce(d.competition_hours, -1),
		coalesce(d.after_block_hours, -1), coalesce(d.early_days, -1),
		coalesce(u.warn_hours, -1), coalesce(u.competition_hours, -1),
		coalesce(u.settling_hours, -1), coalesce(u.check_ins, -1)) AS timing_windows
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[],
	$7::timestamptz[], $8::uuid[])
	WITH ORDINALITY AS asked (organisation_id, athlete_id, service_id, clinic_id, practitioner_id,
		room_id, starts_at, moved, caller)
CROSS JOIN LATERAL (SELECT person_id FROM person_of(asked.organisation_id, asked.athlete_id) OFFSET 0) AS person
LEFT JOIN LATERAL (SELECT * FROM service s WHERE s.organisation_id = asked.organisation_id
	AND s.service_id = asked.service_id LIMIT 1) AS s ON true
LEFT JOIN LATERAL (SELECT * FROM clinic c WHERE c.organisation_id = asked.organisation_id
	AND c.clinic_id = asked.clinic_id LIMIT 1) AS c ON true
LEFT JOIN LATERAL (SELECT * FROM timing_default d WHERE d.organisation_id = asked.organisation_id
	LIMIT 1) AS d ON true
LEFT JOIN LATERAL (SELECT * FROM athlete_timing u WHERE u.organisation_id = asked.organisation_id
	AND u.athlete_id = asked.athlete_id LIMIT 1) AS u ON true
CROSS JOIN LATERAL (SELECT i.*, i.blocked_from - interval '12 hours' AS busy_after,
	asked.starts_at - interval '26 hours' AS opened_after,
	asked.starts_at - interval '400 days' AS absent_after,
	asked.starts_at - i.back AS block_after,
	asked.starts_at - interval '31 days' - i.back AS trained_after,
	i.ends_at + i.ahead AS trained_before
	FROM (SELECT asked.starts_at AT TIME ZONE c.zone AS local_start,
		asked.starts_at + make_interval(mins => s.duration_minutes) AS ends_at,
		asked.starts_at - make_interval(mins => s.buffer_before_minutes) AS blocked_from,
		asked.starts_at + make_interval(mins => s.duration_minutes + s.buffer_after_minutes)
			AS blocked_until,
		make_interval(hours => greatest(d.after_block_hours, 48) + 24) AS back,
		make_interval(hours => greatest(72, 24 * coalesce(d.early_days, 10), d.warn_hours,
			d.competition_hours, u.warn_hours, u.competition_hours, u.settling_hours)
			+ 24) AS ahead) AS i OFFSET 0) AS v
ORDER BY asked.caller
