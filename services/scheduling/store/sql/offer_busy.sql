-- When the practitioners who work at clinics $2 (of $3; NULL for all) are busy within [$4, $5), by
-- appointment_practitioner_busy: no blocked range is longer than 12 hours.
SELECT practitioner_id, blocked_from, blocked_until FROM appointment
WHERE organisation_id = $1 AND state IN ('booked', 'checked_in', 'completed')
	AND practitioner_id IN (SELECT h.practitioner_id FROM working_hours h
		WHERE h.organisation_id = $1
			AND ($2::uuid[] IS NULL OR h.clinic_id = ANY ($2))
			AND ($3::uuid[] IS NULL OR h.practitioner_id = ANY ($3)))
	AND blocked_from < $5 AND blocked_from > $4::timestamptz - interval '12 hours'
	AND blocked_until > $4
ORDER BY practitioner_id, blocked_from
