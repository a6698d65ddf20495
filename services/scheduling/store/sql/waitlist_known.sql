-- Whether the organisation has athlete $2, service $3, all of the clinics $4 and practitioners $5.
-- athlete_key, service_key, clinic_key, practitioner_key. Locks nothing.
SELECT
	(SELECT true FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete,
	(SELECT true FROM service WHERE organisation_id = $1 AND service_id = $3) AS service,
	(SELECT count(c.clinic_id) = count(*) FROM unnest($4::uuid[]) AS asked (id)
		LEFT JOIN LATERAL (SELECT clinic_id FROM clinic WHERE organisation_id = $1
			AND clinic_id = asked.id LIMIT 1) AS c ON true) AS clinics,
	(SELECT count(p.practitioner_id) = count(*) FROM unnest($5::uuid[]) AS asked (id)
		LEFT JOIN LATERAL (SELECT practitioner_id FROM practitioner WHERE organisation_id = $1
			AND practitioner_id = asked.id LIMIT 1) AS p ON true) AS practitioners
