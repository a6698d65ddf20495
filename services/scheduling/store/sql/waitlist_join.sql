-- One more who waits. waitlist_entry_key. Locks nothing but the new row.
INSERT INTO waitlist_entry (organisation_id, entry_id, athlete_id, service_id, clinic_ids,
	practitioner_ids, weekdays, opens, closes, from_at, until_at, least_grade, notice_minutes,
	urgency, joined_at, state_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
