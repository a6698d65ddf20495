-- Who waits for service $2 (NULL: for any) or has an open offer, first joined first, at most $3: by
-- waitlist_entry_waiting, all of them.
SELECT e.entry_id, e.athlete_id, e.service_id, array_to_string(e.clinic_ids, ' ') AS clinic_ids,
	array_to_string(e.practitioner_ids, ' ') AS practitioner_ids,
	array_to_string(e.weekdays, ' ') AS weekdays, to_char(e.opens, 'HH24:MI') AS opens,
	to_char(e.closes, 'HH24:MI') AS closes, e.from_at, e.until_at, e.least_grade,
	e.notice_minutes, e.urgency, e.state, e.joined_at, e.offers
FROM waitlist_entry e
WHERE e.organisation_id = $1 AND ($2::uuid IS NULL OR e.service_id = $2)
	AND e.state IN ('waiting', 'offered')
ORDER BY e.joined_at, e.entry_id LIMIT $3
