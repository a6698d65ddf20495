-- Whose message $2 of organisation $1 is, as a row of senders_find at $3 (of a merged athlete the survivor);
-- and where it went, and whether that address has opted out. No row when it was not sent, or its address is erased.
-- Index: planned_message_pkey, decision_pkey, athlete_alias_key, athlete_pkey, clinic_pkey, visit_athlete, opt_out_pkey. Locks: none.
SELECT person.id AS athlete_id, coalesce(m.clinic_id, a.home_clinic_id) AS clinic_id,
	coalesce(c.name, '') AS clinic_name,
	EXISTS (
		SELECT FROM person_ids($1, person.id) AS who
		JOIN visit v ON v.organisation_id = $1 AND v.athlete_id = who.athlete_id AND v.state = 'booked'
			AND v.starts_at > $3
	) AS has_coming_visit,
	m.channel, m.address, coalesce(o.opted_out, false) AS opted_out
FROM message m
CROSS JOIN LATERAL (
	SELECT coalesce((SELECT alias.survivor_id FROM athlete_alias alias
		WHERE alias.organisation_id = $1 AND alias.athlete_id = m.athlete_id), m.athlete_id) AS id
	OFFSET 0
) AS person
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = person.id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(m.clinic_id, a.home_clinic_id)
LEFT JOIN opt_out o ON o.organisation_id = $1 AND o.address = m.address
WHERE m.organisation_id = $1 AND m.message_id = $2 AND m.state = 'sent' AND m.athlete_id IS NOT NULL
	AND m.address <> 'erased'
