-- Where and when the person who has id $2 was last treated: the day there, as days since 1970. A row for
-- each clinic and record. By athlete_treatment_key, athlete_key, athlete_erasure_key and clinic_key. Locks: none.
SELECT person.athlete_id, clinic.jurisdiction, treatment.last_treated_at,
	(treatment.last_treated_at AT TIME ZONE clinic.zone)::date - date '1970-01-01' AS day,
	athlete.birth_date - date '1970-01-01' AS born,
	erasure.minor_kept_until - date '1970-01-01' AS minor_until
FROM person_ids($1, $2) AS person
JOIN athlete ON athlete.organisation_id = $1 AND athlete.athlete_id = person.athlete_id
JOIN athlete_treatment AS treatment ON treatment.organisation_id = $1
	AND treatment.athlete_id = person.athlete_id
JOIN clinic ON clinic.organisation_id = $1 AND clinic.clinic_id = treatment.clinic_id
LEFT JOIN athlete_erasure AS erasure ON erasure.organisation_id = $1
	AND erasure.athlete_id = person.athlete_id
