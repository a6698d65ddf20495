-- All entries of athlete $2, of service $3 (NULL: of any), the latest joined first, at most $4.
-- waitlist_entry_of_athlete.
SELECT e.entry_id, e.athlete_id, e.service_id, array_to_string(e.clinic_ids, ' ') AS clinic_ids,
	array_to_string(e.practitioner_ids, ' ') AS practitioner_ids,
	array_to_string(e.weekdays, ' ') AS weekdays, to_char(e.opens, 'HH24:MI') AS opens,
	to_char(e.closes, 'HH24:MI') AS closes, e.from_at, e.until_at, e.least_grade,
	e.notice_minutes, e.urgency, e.state, e.joined_at, e.offers
FROM waitlist_entry e
WHERE e.organisation_id = $1 AND e.person_id = (SELECT person_id FROM person_of($1, $2)) AND ($3::uuid IS NULL OR e.service_id = $3)
ORDER BY e.joined_at DESC, e.entry_id LIMIT $4
