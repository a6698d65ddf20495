-- Treatments of the person who has id $2 of organisation $1 after $3, with the visit's end where it is known.
-- Index: athlete_alias_key, athlete_alias_survivor, treatment_athlete, visit_pkey. Locks: none.
SELECT t.encounter_id, t.appointment_id, t.athlete_id, t.clinic_id, t.treated_at, t.thorax,
	array_to_string(t.areas, ',') AS areas, array_to_string(t.plan_days, ',') AS plan_days,
	coalesce(v.ends_at, t.treated_at) AS ends_at
FROM person_ids($1, $2) AS person
JOIN treatment t ON t.organisation_id = $1 AND t.athlete_id = person.athlete_id
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = t.appointment_id
WHERE t.treated_at > $3
ORDER BY t.treated_at
LIMIT 50
