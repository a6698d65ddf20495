-- results: binary
-- When others than practitioners $2 are in the rooms of the clinics at which these work (of $5; NULL:
-- all) within [$3, $4), packed as offer_busy has it. workplace_key, appointment_clinic_busy alone.
SELECT (SELECT string_agg(a.packed, '')
	FROM appointment a WHERE a.organisation_id = $1 AND a.clinic_id = c.clinic_id
		AND a.state IN ('held', 'booked', 'checked_in', 'completed')
		AND a.blocked_from < $4 AND a.blocked_from > $3::timestamptz - interval '12 hours'
		AND a.blocked_until > $3 AND a.practitioner_id <> ALL ($2::uuid[])) AS busy
FROM (SELECT DISTINCT w.clinic_id FROM unnest($2::uuid[]) AS who (id)
	CROSS JOIN LATERAL (SELECT w.clinic_id FROM workplace w WHERE w.organisation_id = $1
		AND w.practitioner_id = who.id AND ($5::uuid[] IS NULL OR w.clinic_id = ANY ($5))
		OFFSET 0) AS w) AS c
