-- lane: bulk
-- Visits of clinic $2 that began from $3 until $4, by how they ended; one row. By
-- attendance_by_clinic. Locks: none.
SELECT count(*) FILTER (WHERE state = 'completed') AS completed,
	count(*) FILTER (WHERE state = 'no_show') AS no_shows,
	count(*) FILTER (WHERE state = 'cancelled') AS cancelled
FROM attendance
WHERE organisation_id = $1 AND clinic_id = $2 AND starts_at >= $3 AND starts_at < $4
