-- Coming visits that clash, at $2, of clinic $3 and of athlete $4 (NULL: of any); columns as
-- appointment_find without the key, then the clash. timing_clash_open, appointment_key.
SELECT a.appointment_id, a.athlete_id, a.practitioner_id, a.clinic_id, a.room_id, a.service_id,
	a.starts_at, a.ends_at, a.state, a.grade, a.timing_override_reason,
	NULL AS screening_outcome, NULL AS screening_why,
	(SELECT date_part('epoch', (a.starts_at AT TIME ZONE c.zone)
		- (a.starts_at AT TIME ZONE 'UTC'))::int FROM clinic c
		WHERE c.organisation_id = a.organisation_id AND c.clinic_id = a.clinic_id) AS offset_s,
	a.version, a.place, a.override_reason, array_to_string(a.overridden, ' ') AS overridden,
	a.series_id, a.hold_expires_at, NULL AS confirmed_at, NULL AS confirmed_by, x.reasons, x.found_at
FROM timing_clash x
CROSS JOIN LATERAL (SELECT * FROM appointment a WHERE a.organisation_id = $1
	AND a.appointment_id = x.appointment_id LIMIT 1) AS a
WHERE x.organisation_id = $1 AND x.cleared_at IS NULL AND a.starts_at > $2
	AND a.state = 'booked'
	AND ($3::uuid IS NULL OR a.clinic_id = $3) AND ($4::uuid IS NULL OR x.athlete_id = $4)
ORDER BY a.starts_at, a.appointment_id LIMIT 500
