-- Who waits for service $2, or has an open offer of another time until busy_until, and is there for a
-- visit at clinic $3 with practitioner $4 from $5 to $6, seen at $7: did not give it up (time $8 is the
-- appointment that was given back), was not offered it yet (version $9), is free then. The more urgent
-- and the longer waiting first, $12 of them behind precedence $13, joined_at $14, entry $15; each with the
-- training around the visit and the windows of T1 to T3 (around.h), and with the first instant within $10
-- to $11 of the athlete's zone. Both states in one statement: who goes from one to the other between two
-- would be seen in neither.
-- waitlist_entry_waiting gives them in this order and from there on, so no more are read than it takes;
-- waitlist_offer_once, waitlist_offer_of_athlete_open, appointment_key, appointment_by_athlete,
-- training_session_near, the keys of the catalogue.
-- Locks nothing: the entry is claimed with the offer. The states of b are said so that the plan keeps off
-- the index of the constraint appointment_athlete, which is ten times slower to ask.
SELECT e.entry_id, e.athlete_id, e.urgency, e.joined_at, e.offers, e.least_grade, e.notice_minutes,
	day_begins(date_trunc('day', v.local_start), c.zone) AS day_starts_at,
	day_begins(date_trunc('day', v.local_start) + interval '1 day', c.zone) AS day_ends_at,
	(SELECT CASE WHEN here.at::time < $10::time THEN date_trunc('day', here.at) + $10::time
		WHEN here.at::time >= $11::time THEN date_trunc('day', here.at) + interval '1 day' + $10::time
		ELSE here.at END AT TIME ZONE here.zone
		FROM (SELECT $7::timestamptz AT TIME ZONE a.zone AS at, a.zone FROM athlete a
			WHERE a.organisation_id = $1 AND a.athlete_id = e.athlete_id) AS here) AS reached_at,
	(SELECT o.expires_at FROM waitlist_offer o WHERE o.organisation_id = $1
		AND o.athlete_id = e.athlete_id AND o.ended_at IS NULL) AS busy_until,
	(SELECT string_agg(concat_ws(' ', t.kind, (date_part('epoch', t.starts_at) * 1000000)::bigint,
			(date_part('epoch', t.ends_at) * 1000000)::bigint, t.all_day::int), ' '
			ORDER BY t.starts_at) FROM training_session t
		WHERE t.organisation_id = $1 AND t.person_id = e.person_id
		AND t.starts_at < w.trained_before AND t.starts_at > w.trained_after
		AND t.ends_at > w.block_after) AS sessions,
	concat_ws(' ', coalesce(d.warn_hours, -1), coalesce(d.competition_hours, -1),
		coalesce(d.after_block_hours, -1), coalesce(d.early_days, -1),
		coalesce(u.warn_hours, -1), coalesce(u.competition_hours, -1),
		coalesce(u.settling_hours, -1), coalesce(u.check_ins, -1)) AS timing_windows
FROM (SELECT c.zone FROM clinic c WHERE c.organisation_id = $1 AND c.clinic_id = $3 LIMIT 1) AS c
CROSS JOIN LATERAL (SELECT $5::timestamptz AT TIME ZONE c.zone AS local_start,
	$6::timestamptz AT TIME ZONE c.zone AS local_end) AS v
LEFT JOIN LATERAL (SELECT * FROM timing_default d WHERE d.organisation_id = $1 LIMIT 1) AS d ON true
CROSS JOIN LATERAL (
	SELECT e.* FROM waitlist_entry e
	WHERE e.organisation_id = $1 AND e.service_id = $2 AND e.state IN ('waiting', 'offered')
		AND e.from_at <= $5 AND e.until_at > $5
		AND (e.clinic_ids = '{}' OR $3 = ANY (e.clinic_ids))
		AND (e.practitioner_ids = '{}' OR $4 = ANY (e.practitioner_ids))
		AND (e.weekdays = '{}' OR date_part('isodow', v.local_start)::int = ANY (e.weekdays))
		AND e.opens <= v.local_start::time
		AND e.closes::interval >= v.local_end - date_trunc('day', v.local_start)
		AND (SELECT true FROM waitlist_offer o WHERE o.organisation_id = $1 AND o.slot_id = $8
			AND o.slot_version = $9 AND o.athlete_id = e.athlete_id) IS NULL
		AND (SELECT true FROM appointment b WHERE b.organisation_id = $1
			AND b.person_id = e.person_id
			AND b.state NOT IN ('cancelled', 'no_show', 'expired')
			AND b.starts_at < $6 AND b.starts_at > $5::timestamptz - interval '12 hours'
			AND b.ends_at > $5 LIMIT 1) IS NULL
		AND (SELECT g.person_id FROM appointment g WHERE g.organisation_id = $1
			AND g.appointment_id = $8) IS DISTINCT FROM e.person_id
		AND (e.precedence, e.joined_at, e.entry_id) > ($13::int, $14::timestamptz, $15::uuid)
	ORDER BY e.precedence, e.joined_at, e.entry_id LIMIT $12
) AS e
LEFT JOIN LATERAL (SELECT * FROM athlete_timing u WHERE u.organisation_id = $1
	AND u.athlete_id = e.athlete_id LIMIT 1) AS u ON true
CROSS JOIN LATERAL (SELECT $5::timestamptz - i.back AS block_after,
	$5::timestamptz - interval '31 days' - i.back AS trained_after,
	$6::timestamptz + i.ahead AS trained_before
	FROM (SELECT make_interval(hours => greatest(d.after_block_hours, 48) + 24) AS back,
		make_interval(hours => greatest(72, 24 * coalesce(d.early_days, 10), d.warn_hours,
			d.competition_hours, u.warn_hours, u.competition_hours, u.settling_hours)
			+ 24) AS ahead) AS i OFFSET 0) AS w
ORDER BY e.precedence, e.joined_at, e.entry_id
