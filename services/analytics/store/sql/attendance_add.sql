-- How appointment $2 ended, once. By attendance_key. Locks: the new row.
INSERT INTO attendance (organisation_id, appointment_id, clinic_id, starts_at, state)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
