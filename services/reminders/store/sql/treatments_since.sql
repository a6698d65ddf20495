-- Treatments of athlete $2 of organisation $1 after $3, with the visit's end where it is known.
-- Index: treatment_athlete, visit_pkey. Locks: none.
SELECT t.encounter_id, t.appointment_id, t.athlete_id, t.clinic_id, t.treated_at, t.thorax,
	array_to_string(t.areas, ',') AS areas, array_to_string(t.plan_days, ',') AS plan_days,
	coalesce(v.ends_at, t.treated_at) AS ends_at
FROM treatment t
LEFT JOIN visit v ON v.organisation_id = $1 AND v.appointment_id = t.appointment_id
WHERE t.organisation_id = $1 AND t.athlete_id = $2 AND t.treated_at > $3
ORDER BY t.treated_at
LIMIT 50
