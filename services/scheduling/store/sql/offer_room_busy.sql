-- When others than practitioners $2 are in the rooms of the clinics at which these work (of $5; NULL:
-- all) within [$3, $4), packed as offer_busy has it. workplace_key, appointment_clinic_busy alone.
SELECT a.room_id, a.place,
	string_agg(timestamptz_send(a.blocked_from) || timestamptz_send(a.blocked_until), '') AS ranges
FROM appointment a
WHERE a.organisation_id = $1 AND a.state IN ('held', 'booked', 'checked_in', 'completed')
	AND a.clinic_id = ANY (ARRAY(SELECT w.clinic_id FROM unnest($2::uuid[]) AS who (id)
		JOIN workplace w ON w.organisation_id = $1 AND w.practitioner_id = who.id
		WHERE $5::uuid[] IS NULL OR w.clinic_id = ANY ($5)))
	AND a.blocked_from < $4 AND a.blocked_from > $3::timestamptz - interval '12 hours'
	AND a.blocked_until > $3 AND a.practitioner_id <> ALL ($2::uuid[])
GROUP BY a.room_id, a.place
