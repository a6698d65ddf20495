-- Rules of a practitioner ($2) or clinic ($3), or one ($4), NULL for any; with the clinic's zone.
-- working_rule_of_practitioner, working_rule_key; rules do not grow with time.
SELECT w.rule_id, w.practitioner_id, w.clinic_id, w.rrule, w.first_day,
	(date_part('epoch', w.opens) / 60)::int AS opens, (date_part('epoch', w.closes) / 60)::int AS closes,
	array_to_string(w.excluded, ' ') AS excluded, array_to_string(w.added, ' ') AS added, w.weekly,
	w.opened_until, w.opened_by, c.zone
FROM working_rule w
LEFT JOIN clinic c ON c.organisation_id = w.organisation_id AND c.clinic_id = w.clinic_id
WHERE w.organisation_id = $1 AND ($2::uuid IS NULL OR w.practitioner_id = $2)
	AND ($3::uuid IS NULL OR w.clinic_id = $3) AND ($4::uuid IS NULL OR w.rule_id = $4)
ORDER BY w.practitioner_id, w.clinic_id, w.opens, w.rule_id LIMIT 1000
