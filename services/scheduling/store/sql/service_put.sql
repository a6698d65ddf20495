-- Defines or redefines; fails by service_name when another service got the name meanwhile.
INSERT INTO service (organisation_id, service_id, name, duration_minutes, buffer_before_minutes,
	buffer_after_minutes, skill, room_kind, equipment, modalities, cancel_cutoff_minutes,
	hold_minutes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (organisation_id, service_id) DO UPDATE
SET duration_minutes = excluded.duration_minutes,
	buffer_before_minutes = excluded.buffer_before_minutes,
	buffer_after_minutes = excluded.buffer_after_minutes,
	skill = excluded.skill, room_kind = excluded.room_kind, equipment = excluded.equipment,
	modalities = excluded.modalities, cancel_cutoff_minutes = excluded.cancel_cutoff_minutes,
	hold_minutes = excluded.hold_minutes
