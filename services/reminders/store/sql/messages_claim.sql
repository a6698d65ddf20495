-- Up to $3 messages due at $2 of the lanes of organisation $1 that lease $4 holds (lanes_lease), urgent ones
-- first and as many of each clinic, and says all that decides whether they may go out: for a merged athlete by
-- the survivor's record (0004_merge.sql). Who is not merged costs two looks into the keys of athlete_alias.
-- Index: lane_pkey, queue_pkey, athlete_alias_survivor; primary keys. Locks: the lanes, which are leased.
WITH leased AS MATERIALIZED (
	SELECT clinic_id, priority, $3::int / count(*) OVER (PARTITION BY priority) + 1 AS share
	FROM lane WHERE organisation_id = $1 AND lease_id = $4
	ORDER BY priority
), due AS MATERIALIZED (
	SELECT leased.clinic_id, leased.priority, next.*
	FROM leased
	CROSS JOIN LATERAL (
		SELECT q.ctid AS place, q.due_at, q.message_id FROM queue q
		WHERE q.organisation_id = $1 AND q.clinic_id = leased.clinic_id AND q.priority = leased.priority
			AND q.due_at <= $2
		ORDER BY q.due_at, q.message_id
		LIMIT leased.share
	) AS next
	LIMIT $3
), taken AS (
	UPDATE lane SET taken_due_at = last.due_at, taken_id = last.message_id
	FROM (
		SELECT DISTINCT ON (clinic_id, priority) clinic_id, priority, due_at, message_id FROM due
		ORDER BY clinic_id, priority, due_at DESC, message_id DESC
	) AS last
	WHERE lane.organisation_id = $1 AND lane.clinic_id = last.clinic_id AND lane.priority = last.priority
)
SELECT due.place, l.message_id, l.athlete_id, l.clinic_id, l.purpose, l.consent, l.rule, l.step, l.steps,
	l.planned_at, l.due_at, l.stale_at, l.text,
	CASE WHEN v.state = 'booked' AND v.version > l.visit_version THEN 'moved'
		ELSE coalesce(v.state, '') END AS visit_state,
	coalesce(to_char(v.starts_at AT TIME ZONE coalesce(c.zone, place.zone), 'Dy DD Mon HH24:MI'), '') AS visit_when,
	to_char(l.stale_at AT TIME ZONE place.zone, 'HH24:MI') AS stale_when,
	coalesce(c.name, '') AS clinic_name,
	coalesce(a.has_guardian, false) AS has_guardian,
	l.consent = 'reply' OR r.address IS NOT NULL OR (
		SELECT true FROM person_consent($1, person.survivor_id, person.merged, l.consent) LIMIT 1
	) IS NOT NULL AS has_consent,
	coalesce(nullif(l.channel, ''), r.channel, '') AS channel,
	coalesce(nullif(l.address, ''), r.address, '') AS address,
	coalesce(r.opted_out, false) AS opted_out,
	extract(epoch FROM ($2::timestamptz AT TIME ZONE place.zone) - ($2::timestamptz AT TIME ZONE 'UTC'))::int
		AS offset_seconds,
	coalesce(a.language, '') AS language
FROM due
CROSS JOIN LATERAL (SELECT * FROM planned_message m
	WHERE m.organisation_id = $1 AND m.message_id = due.message_id LIMIT 1) AS l
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
ORDER BY due.priority, due.due_at, due.message_id
