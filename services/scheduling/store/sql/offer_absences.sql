-- Hours given up within [$3, $4): of practitioners $2, of the clinics at which these work (of $5; NULL: all),
-- and of their rooms; the id says whose they are. absence_of_practitioner, absence_of_clinic, absence_of_room,
-- workplace_key, room_key: a look for each, so that what a thousand other clinics give up is not read.
WITH place AS (
	SELECT DISTINCT w.clinic_id FROM unnest($2::uuid[]) AS who (id)
	CROSS JOIN LATERAL (SELECT w.clinic_id FROM workplace w WHERE w.organisation_id = $1
		AND w.practitioner_id = who.id AND ($5::uuid[] IS NULL OR w.clinic_id = ANY ($5))
		OFFSET 0) AS w
)
SELECT 'p' AS of, who.id, x.starts_at, x.ends_at FROM unnest($2::uuid[]) AS who (id)
CROSS JOIN LATERAL (SELECT starts_at, ends_at FROM absence
	WHERE organisation_id = $1 AND practitioner_id = who.id
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
	OFFSET 0) AS x
UNION ALL
SELECT 'c', place.clinic_id, x.starts_at, x.ends_at FROM place
CROSS JOIN LATERAL (SELECT starts_at, ends_at FROM absence
	WHERE organisation_id = $1 AND clinic_id = place.clinic_id
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
	OFFSET 0) AS x
UNION ALL
SELECT 'r', r.room_id, x.starts_at, x.ends_at FROM place
CROSS JOIN LATERAL (SELECT room_id FROM room WHERE organisation_id = $1
	AND clinic_id = place.clinic_id OFFSET 0) AS r
CROSS JOIN LATERAL (SELECT starts_at, ends_at FROM absence
	WHERE organisation_id = $1 AND room_id = r.room_id
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
	OFFSET 0) AS x
