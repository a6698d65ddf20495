-- As treatments_of, of the next $3 persons behind athlete $2, in the order of their ids; a person whom
-- nobody has treated has one row without a day. By athlete_key, athlete_alias_key, athlete_alias_survivor,
-- athlete_treatment_key, athlete_erasure_key and clinic_key. Locks: none.
SELECT page.athlete_id, clinic.jurisdiction, treatment.last_treated_at,
	(treatment.last_treated_at AT TIME ZONE clinic.zone)::date - date '1970-01-01' AS day,
	record.birth_date - date '1970-01-01' AS born,
	erasure.minor_kept_until - date '1970-01-01' AS minor_until, page.given_name, page.family_name
FROM (
	SELECT athlete_id, given_name, family_name
	FROM athlete
	WHERE organisation_id = $1 AND athlete_id > $2::uuid
		AND NOT EXISTS (SELECT FROM athlete_alias AS alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = athlete.athlete_id)
	ORDER BY athlete_id
	LIMIT $3::int
) AS page
LEFT JOIN LATERAL (
	SELECT done.athlete_id, done.clinic_id, done.last_treated_at
	FROM person_ids($1, page.athlete_id) AS person
	JOIN athlete_treatment AS done ON done.organisation_id = $1
		AND done.athlete_id = person.athlete_id
) AS treatment ON true
LEFT JOIN athlete AS record ON record.organisation_id = $1 AND record.athlete_id = treatment.athlete_id
LEFT JOIN clinic ON clinic.organisation_id = $1 AND clinic.clinic_id = treatment.clinic_id
LEFT JOIN athlete_erasure AS erasure ON erasure.organisation_id = $1
	AND erasure.athlete_id = treatment.athlete_id
ORDER BY page.athlete_id
