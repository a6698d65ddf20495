-- Persons of organisation $1 with contact point $2 under any of their ids, last treated first: the survivor's
-- id, the clinic they know and whether a visit begins after $3.
-- Index: contact_point_address, athlete_alias_key, athlete_alias_survivor, visit_athlete, treatment_athlete.
-- Locks: none.
SELECT p.survivor_id AS athlete_id, coalesce(v.clinic_id, t.clinic_id, a.home_clinic_id) AS clinic_id,
	coalesce(c.name, '') AS clinic_name, v.appointment_id IS NOT NULL AS has_coming_visit
FROM address_persons($1, $2) AS p
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = p.survivor_id
LEFT JOIN LATERAL (
	SELECT x.clinic_id, x.treated_at FROM person_ids($1, p.survivor_id) AS who
	CROSS JOIN LATERAL (
		SELECT * FROM treatment WHERE organisation_id = $1 AND athlete_id = who.athlete_id
		ORDER BY treated_at DESC LIMIT 1
	) AS x
	ORDER BY x.treated_at DESC LIMIT 1
) AS t ON true
LEFT JOIN LATERAL (
	SELECT x.appointment_id, x.clinic_id FROM person_ids($1, p.survivor_id) AS who
	CROSS JOIN LATERAL (
		SELECT * FROM visit
		WHERE organisation_id = $1 AND athlete_id = who.athlete_id AND state = 'booked' AND starts_at > $3
		ORDER BY starts_at LIMIT 1
	) AS x
	ORDER BY x.starts_at LIMIT 1
) AS v ON true
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(v.clinic_id, t.clinic_id, a.home_clinic_id)
ORDER BY t.treated_at DESC NULLS LAST, p.survivor_id
LIMIT 20
