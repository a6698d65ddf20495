-- Leases up to $3 messages of organisation $1 that are due at $2 to lease $4 for $5 microseconds of
-- the server's own clock, urgent ones first, and says all that decides whether they may go out: for a
-- merged athlete by the survivor's record (0004_merge.sql). Who is not merged costs two looks into the keys of
-- athlete_alias.
-- Index: message_waiting, athlete_alias_survivor; primary keys. Locks: the rows, skipping those that another claims.
WITH due AS MATERIALIZED (
	SELECT next.message_id
	FROM generate_series(0, 3) AS level (priority)
	CROSS JOIN LATERAL (
		SELECT m.message_id, m.due_at FROM message m
		WHERE m.organisation_id = $1 AND m.state = 'planned' AND m.priority = level.priority
			AND m.due_at <= $2 AND (m.lease_until IS NULL OR m.lease_until <= clock_timestamp())
		ORDER BY m.due_at
		LIMIT $3
		FOR UPDATE SKIP LOCKED
	) AS next
	ORDER BY level.priority, next.due_at
	LIMIT $3
), leased AS (
	UPDATE message m
	SET lease_id = $4, lease_until = clock_timestamp() + $5::bigint * interval '1 microsecond'
	FROM due
	WHERE m.organisation_id = $1 AND m.message_id = due.message_id
	RETURNING m.*
)
SELECT l.message_id, l.athlete_id, l.clinic_id, l.purpose, l.consent, l.rule, l.step, l.steps,
	l.planned_at, l.due_at, l.stale_at, l.text,
	CASE WHEN v.state = 'booked' AND v.version > l.visit_version THEN 'moved'
		ELSE coalesce(v.state, '') END AS visit_state,
	coalesce(to_char(v.starts_at AT TIME ZONE coalesce(c.zone, place.zone), 'Dy DD Mon HH24:MI'), '') AS visit_when,
	to_char(l.stale_at AT TIME ZONE place.zone, 'HH24:MI') AS stale_when,
	coalesce(c.name, '') AS clinic_name,
	coalesce(a.has_guardian, false) AS has_guardian,
	l.consent = 'reply' OR (
		SELECT true FROM person_consent($1, person.survivor_id, person.merged, l.consent) LIMIT 1
	) IS NOT NULL AS has_consent,
	coalesce(nullif(l.channel, ''), r.channel, '') AS channel,
	coalesce(nullif(l.address, ''), r.address, '') AS address,
	coalesce(r.opted_out, false) AS opted_out,
	extract(epoch FROM ($2::timestamptz AT TIME ZONE place.zone) - ($2::timestamptz AT TIME ZONE 'UTC'))::int
		AS offset_seconds
FROM leased l
CROSS JOIN LATERAL (
	SELECT known.survivor_id, coalesce((SELECT true FROM athlete_alias other
		WHERE other.organisation_id = $1 AND other.survivor_id = known.survivor_id LIMIT 1), false) AS merged
	FROM (
		SELECT coalesce((SELECT alias.survivor_id FROM athlete_alias alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = l.athlete_id), l.athlete_id) AS survivor_id
		OFFSET 0
	) AS known
	OFFSET 0
) AS person
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = person.survivor_id
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = l.appointment_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(l.clinic_id, a.home_clinic_id)
CROSS JOIN LATERAL (SELECT coalesce(a.zone, c.zone, 'UTC') AS zone) AS place
LEFT JOIN LATERAL (
	SELECT x.channel, x.address, x.opted_out
	FROM person_reach($1, person.survivor_id, person.merged, l.consent) AS x
	ORDER BY x.opted_out, array_position(ARRAY['sms', 'email', 'file'], x.channel), x.place
	LIMIT 1
) AS r ON true
ORDER BY l.priority, l.due_at, l.message_id
