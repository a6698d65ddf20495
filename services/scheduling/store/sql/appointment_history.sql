-- Every version of appointment $2, oldest first, the present one last; the first was made by the
-- booking. appointment_history_key, appointment_key.
SELECT v.version, v.practitioner_id, v.clinic_id, v.room_id, v.starts_at, v.ends_at, v.state,
	coalesce(v.state_at, a.booked_at) AS state_at, v.state_reason,
	CASE WHEN v.state_at IS NULL THEN a.booked_by ELSE v.state_by END AS state_by,
	v.grade, v.timing_override_reason, v.override_reason,
	array_to_string(v.overridden, ' ') AS overridden
FROM appointment a
CROSS JOIN LATERAL (
	SELECT h.version, h.practitioner_id, h.clinic_id, h.room_id, h.starts_at, h.ends_at, h.state,
		h.state_at, h.state_reason, h.state_by, h.grade, h.timing_override_reason,
		h.override_reason, h.overridden
	FROM appointment_history h
	WHERE h.organisation_id = $1 AND h.appointment_id = $2
	UNION ALL
	SELECT a.version, a.practitioner_id, a.clinic_id, a.room_id, a.starts_at, a.ends_at, a.state,
		a.state_at, a.state_reason, a.state_by, a.grade, a.timing_override_reason,
		a.override_reason, a.overridden
) AS v
WHERE a.organisation_id = $1 AND a.appointment_id = $2
ORDER BY v.version
