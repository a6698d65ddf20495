-- Athletes of organisation $1 with contact point $2, last texted first, with the clinic they know and
-- whether a visit begins after $3.
-- Index: contact_point_address, visit_athlete, message_athlete. Locks: none.
SELECT p.athlete_id, coalesce(v.clinic_id, t.clinic_id, a.home_clinic_id) AS clinic_id,
	coalesce(c.name, '') AS clinic_name, v.appointment_id IS NOT NULL AS has_coming_visit
FROM (
	SELECT DISTINCT athlete_id FROM contact_point WHERE organisation_id = $1 AND address = $2
) AS p
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = p.athlete_id
LEFT JOIN LATERAL (
	SELECT x.clinic_id, x.treated_at FROM treatment x
	WHERE x.organisation_id = $1 AND x.athlete_id = p.athlete_id
	ORDER BY x.treated_at DESC LIMIT 1
) AS t ON true
LEFT JOIN LATERAL (
	SELECT x.appointment_id, x.clinic_id FROM visit x
	WHERE x.organisation_id = $1 AND x.athlete_id = p.athlete_id AND x.state = 'booked' AND x.starts_at > $3
	ORDER BY x.starts_at LIMIT 1
) AS v ON true
LEFT JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = coalesce(v.clinic_id, t.clinic_id, a.home_clinic_id)
ORDER BY t.treated_at DESC NULLS LAST, p.athlete_id
LIMIT 20
