-- Absences of a practitioner ($2), clinic ($3) or room ($4), NULL for any, that overlap [$5, $6).
-- absence_of_practitioner, absence_of_clinic, absence_of_room; none is longer than 400 days. For any
-- of all by absence_key: they are a few a year for each.
SELECT absence_id, practitioner_id, clinic_id, room_id, kind, title, starts_at, ends_at
FROM absence
WHERE organisation_id = $1 AND ($2::uuid IS NULL OR practitioner_id = $2)
	AND ($3::uuid IS NULL OR clinic_id = $3) AND ($4::uuid IS NULL OR room_id = $4)
	AND starts_at < $6 AND starts_at > $5::timestamptz - interval '401 days' AND ends_at > $5
ORDER BY starts_at, absence_id LIMIT 1000
