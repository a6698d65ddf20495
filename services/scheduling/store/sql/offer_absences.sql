-- Hours given up within [$3, $4): of practitioners $2, of any clinic, of any room; the id says whose
-- they are. absence_of_practitioner; those of clinics and rooms by absence_of_clinic and
-- absence_of_room, which hold a few days a year for each.
SELECT 'p' AS of, practitioner_id AS id, starts_at, ends_at FROM absence
WHERE organisation_id = $1 AND practitioner_id = ANY ($2::uuid[])
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
UNION ALL
SELECT 'c', clinic_id, starts_at, ends_at FROM absence
WHERE organisation_id = $1 AND clinic_id IS NOT NULL
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
UNION ALL
SELECT 'r', room_id, starts_at, ends_at FROM absence
WHERE organisation_id = $1 AND room_id IS NOT NULL
	AND starts_at < $4 AND starts_at > $3::timestamptz - interval '400 days' AND ends_at > $3
LIMIT 20000
