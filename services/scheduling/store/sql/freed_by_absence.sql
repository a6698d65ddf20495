-- Before absence $2 is removed, at $3: the times that it took from openings of its practitioner, or at
-- its clinic, or at the clinic of its room, one after the other for each service that somebody waits for
-- just then. At most 500. absence_key, opening_key, opening_at_clinic, service_key,
-- waitlist_entry_waiting. Locks nothing but the new rows.
INSERT INTO freed_slot (organisation_id, slot_id, version, practitioner_id, clinic_id, service_id,
	starts_at, ends_at, freed_at, look_at)
SELECT $1, $2, row_number() OVER (ORDER BY t.starts_at, o.practitioner_id, s.service_id),
	o.practitioner_id, o.clinic_id, s.service_id, t.starts_at, t.ends_at, $3, $3
FROM absence x
CROSS JOIN LATERAL (
	SELECT o.practitioner_id, o.clinic_id, o.opens_at, o.closes_at FROM opening o
	WHERE o.organisation_id = x.organisation_id AND o.practitioner_id = x.practitioner_id
		AND o.opens_at < x.ends_at AND o.opens_at > x.starts_at - interval '26 hours'
		AND o.closes_at > greatest(x.starts_at, $3)
	UNION ALL
	SELECT o.practitioner_id, o.clinic_id, o.opens_at, o.closes_at FROM opening o
	WHERE o.organisation_id = x.organisation_id AND o.clinic_id = coalesce(x.clinic_id, (
			SELECT r.clinic_id FROM room r WHERE r.organisation_id = x.organisation_id
			AND r.room_id = x.room_id LIMIT 1))
		AND o.opens_at < x.ends_at AND o.opens_at > x.starts_at - interval '26 hours'
		AND o.closes_at > greatest(x.starts_at, $3)
) AS o
CROSS JOIN LATERAL (
	SELECT s.service_id, make_interval(mins => s.duration_minutes) AS lasts,
		make_interval(mins => s.buffer_before_minutes + s.duration_minutes
			+ s.buffer_after_minutes) AS each
	FROM service s WHERE s.organisation_id = x.organisation_id
		AND (SELECT true FROM waitlist_entry e WHERE e.organisation_id = s.organisation_id
			AND e.service_id = s.service_id AND e.state IN ('waiting', 'offered') LIMIT 1)
) AS s
CROSS JOIN LATERAL (
	SELECT g.starts_at, g.starts_at + s.lasts AS ends_at
	FROM generate_series(o.opens_at, o.closes_at - s.lasts, s.each) AS g (starts_at)
	WHERE g.starts_at < x.ends_at AND g.starts_at + s.lasts > x.starts_at AND g.starts_at > $3
) AS t
WHERE x.organisation_id = $1 AND x.absence_id = $2
	AND (SELECT true FROM waitlist_entry e WHERE e.organisation_id = x.organisation_id
		AND e.service_id = s.service_id AND e.state IN ('waiting', 'offered')
		AND e.from_at <= t.starts_at AND e.until_at > t.starts_at
		AND (e.clinic_ids = '{}' OR o.clinic_id = ANY (e.clinic_ids))
		AND (e.practitioner_ids = '{}' OR o.practitioner_id = ANY (e.practitioner_ids)) LIMIT 1)
ORDER BY t.starts_at, o.practitioner_id, s.service_id LIMIT 500
ON CONFLICT ON CONSTRAINT freed_slot_key DO NOTHING
