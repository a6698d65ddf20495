-- Defines or redefines; fails by service_name when another service got the name meanwhile.
INSERT INTO service (organisation_id, service_id, name, duration_minutes, buffer_before_minutes,
	buffer_after_minutes)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organisation_id, service_id) DO UPDATE
SET duration_minutes = excluded.duration_minutes,
	buffer_before_minutes = excluded.buffer_before_minutes,
	buffer_after_minutes = excluded.buffer_after_minutes
