-- Entry $2: one row or none by waitlist_entry_key, with its open offer (waitlist_offer_of_athlete_open).
SELECT e.entry_id, e.athlete_id, e.service_id, array_to_string(e.clinic_ids, ' ') AS clinic_ids,
	array_to_string(e.practitioner_ids, ' ') AS practitioner_ids,
	array_to_string(e.weekdays, ' ') AS weekdays, to_char(e.opens, 'HH24:MI') AS opens,
	to_char(e.closes, 'HH24:MI') AS closes, e.from_at, e.until_at, e.least_grade,
	e.notice_minutes, e.urgency, e.state, e.joined_at, e.offers,
	(SELECT o.offer_id FROM waitlist_offer o WHERE o.organisation_id = $1 AND o.athlete_id = e.athlete_id
		AND o.entry_id = $2 AND o.ended_at IS NULL) AS offer_id
FROM waitlist_entry e WHERE e.organisation_id = $1 AND e.entry_id = $2
