-- What Book has to know, in one row of one round trip: who and what is known, whether the
-- practitioner works then (in the clinic's zone), free rooms ($6 NULL; else the room when it is the
-- clinic's), training around the visit, open reviews (as offer_training and offer_reviews write
-- them). Locks nothing: the constraints of appointment decide. The keys of the catalogue,
-- appointment_room_busy, training_session_near, open_review_key.
-- Scalar subqueries, not EXISTS, so that no plan hashes a table that grows.
SELECT
	(SELECT true FROM athlete a WHERE a.organisation_id = asked.organisation_id
		AND a.athlete_id = asked.athlete_id) AS athlete_known,
	(SELECT true FROM practitioner p WHERE p.organisation_id = asked.organisation_id
		AND p.practitioner_id = asked.practitioner_id) AS practitioner_known,
	c.clinic_id IS NOT NULL AS clinic_known,
	s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes,
	date_part('epoch', v.local_start - (asked.starts_at AT TIME ZONE 'UTC'))::int AS offset_s,
	date_trunc('day', v.local_start) AT TIME ZONE c.zone AS day_starts_at,
	(date_trunc('day', v.local_start) + interval '1 day') AT TIME ZONE c.zone AS day_ends_at,
	(SELECT true FROM working_hours h WHERE h.organisation_id = asked.organisation_id
		AND h.practitioner_id = asked.practitioner_id AND h.clinic_id = asked.clinic_id
		AND h.weekday = date_part('isodow', v.local_start)
		AND asked.starts_at >= (v.local_start::date + h.opens) AT TIME ZONE c.zone
		AND v.ends_at <= (v.local_start::date + h.closes) AT TIME ZONE c.zone
		LIMIT 1) AS works,
	(SELECT string_agg(r.room_id::text, ' '
			ORDER BY hashtext(r.room_id::text || asked.practitioner_id::text)) FROM room r
		WHERE r.organisation_id = asked.organisation_id AND r.clinic_id = asked.clinic_id
		AND CASE WHEN asked.room_id IS NOT NULL THEN r.room_id = asked.room_id
		ELSE (SELECT true FROM appointment b WHERE b.organisation_id = r.organisation_id
			AND b.room_id = r.room_id AND b.state IN ('booked', 'checked_in', 'completed')
			AND b.blocked_from < v.blocked_until
			AND b.blocked_from > v.blocked_from - interval '12 hours'
			AND b.blocked_until > v.blocked_from LIMIT 1) IS NULL END) AS rooms,
	(SELECT string_agg(concat_ws(' ', t.kind, (date_part('epoch', t.starts_at) * 1000000)::bigint,
			(date_part('epoch', t.ends_at) * 1000000)::bigint, t.all_day::int), ' '
			ORDER BY t.starts_at) FROM training_session t
		WHERE t.organisation_id = asked.organisation_id AND t.athlete_id = asked.athlete_id
		AND t.starts_at < v.ends_at + interval '11 days'
		AND t.starts_at > asked.starts_at - interval '34 days'
		AND t.ends_at > asked.starts_at - interval '3 days') AS sessions,
	(SELECT string_agg(concat_ws(chr(31), o.review_id, o.area, o.side, o.advice,
			(date_part('epoch', o.raised_at) * 1000000)::bigint), chr(30)
			ORDER BY o.raised_at, o.review_id) FROM open_review o
		WHERE o.organisation_id = asked.organisation_id AND o.athlete_id = asked.athlete_id
		AND o.answered_at IS NULL) AS reviews
FROM (SELECT $1::uuid AS organisation_id, $2::uuid AS athlete_id, $3::uuid AS service_id,
	$4::uuid AS clinic_id, $5::uuid AS practitioner_id, $6::uuid AS room_id,
	$7::timestamptz AS starts_at) AS asked
LEFT JOIN LATERAL (SELECT * FROM service s WHERE s.organisation_id = asked.organisation_id
	AND s.service_id = asked.service_id LIMIT 1) AS s ON true
LEFT JOIN LATERAL (SELECT * FROM clinic c WHERE c.organisation_id = asked.organisation_id
	AND c.clinic_id = asked.clinic_id LIMIT 1) AS c ON true
CROSS JOIN LATERAL (SELECT asked.starts_at AT TIME ZONE c.zone AS local_start,
	asked.starts_at + make_interval(mins => s.duration_minutes) AS ends_at,
	asked.starts_at - make_interval(mins => s.buffer_before_minutes) AS blocked_from,
	asked.starts_at + make_interval(mins => s.duration_minutes + s.buffer_after_minutes)
		AS blocked_until) AS v
