-- Who works at clinics $2 (NULL: all) on days that touch [$3, $4). opening_at_clinic, clinic_key; an
-- opening is at most 26 hours long.
SELECT DISTINCT h.practitioner_id FROM clinic c
CROSS JOIN LATERAL (SELECT o.practitioner_id FROM opening o WHERE o.organisation_id = $1
	AND o.clinic_id = c.clinic_id AND o.opens_at < $4
	AND o.opens_at > $3::timestamptz - interval '26 hours' AND o.closes_at > $3) AS h
WHERE c.organisation_id = $1 AND ($2::uuid[] IS NULL OR c.clinic_id = ANY ($2))
LIMIT 2000
