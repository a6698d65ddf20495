-- How athlete $2 of organisation $1 would be reached about a visit at clinic $3 that begins at $4: a row for
-- each kind of consent, by the survivor's record, as messages_claim judges it.
-- Index: athlete_alias_key, athlete_alias_survivor, athlete_pkey, clinic_pkey; consent and contact_point by
-- their keys. Locks: none.
SELECT kind.consent,
	(SELECT true FROM person_consent($1, person.survivor_id, person.merged, kind.consent) LIMIT 1) IS NOT NULL
		AS has_consent,
	coalesce(r.channel, '') AS channel, coalesce(r.opted_out, false) AS opted_out,
	coalesce(a.language, '') AS language, coalesce(a.has_guardian, false) AS has_guardian,
	coalesce(c.name, '') AS clinic_name,
	to_char($4::timestamptz AT TIME ZONE coalesce(c.zone, a.zone, 'UTC'), 'Dy DD Mon HH24:MI') AS visit_when
FROM (
	SELECT known.survivor_id, coalesce((SELECT true FROM athlete_alias other
		WHERE other.organisation_id = $1 AND other.survivor_id = known.survivor_id LIMIT 1), false) AS merged
	FROM (
		SELECT coalesce((SELECT alias.survivor_id FROM athlete_alias alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = $2::uuid), $2::uuid) AS survivor_id
		OFFSET 0
	) AS known
	OFFSET 0
) AS person
CROSS JOIN (VALUES ('reminders'), ('check_ins')) AS kind (consent)
JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = person.survivor_id
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce($3::uuid, a.home_clinic_id)
LEFT JOIN LATERAL (
	SELECT x.channel, x.opted_out
	FROM person_reach($1, person.survivor_id, person.merged, kind.consent) AS x
	ORDER BY x.opted_out, array_position(ARRAY['sms', 'email', 'file'], x.channel), x.place
	LIMIT 1
) AS r ON true
