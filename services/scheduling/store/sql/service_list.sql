-- All services of the organisation by name; service_name.
SELECT service_id, name, duration_minutes, buffer_before_minutes, buffer_after_minutes, skill,
	room_kind, array_to_string(equipment, chr(31)) AS equipment,
	array_to_string(modalities, chr(31)) AS modalities, cancel_cutoff_minutes, hold_minutes
FROM service WHERE organisation_id = $1 ORDER BY name
