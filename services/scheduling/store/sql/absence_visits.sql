-- Visits in [$5, $6) of a practitioner $2, clinic $3 or room $4 (two are NULL) that are to come after
-- $7; columns as appointment_find without the key. appointment_practitioner_busy,
-- appointment_clinic_busy, appointment_room_busy: no blocked range is longer than 12 hours; then
-- appointment_key for each, for a join may read the organisation's visits for each instead.
WITH near AS (
	SELECT appointment_id FROM appointment
	WHERE organisation_id = $1 AND practitioner_id = $2
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from < $6 AND blocked_from > $5::timestamptz - interval '12 hours'
	UNION ALL
	SELECT appointment_id FROM appointment
	WHERE organisation_id = $1 AND clinic_id = $3
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from < $6 AND blocked_from > $5::timestamptz - interval '12 hours'
	UNION ALL
	SELECT appointment_id FROM appointment
	WHERE organisation_id = $1 AND room_id = $4
		AND state IN ('held', 'booked', 'checked_in', 'completed')
		AND blocked_from < $6 AND blocked_from > $5::timestamptz - interval '12 hours'
)
SELECT a.appointment_id, a.athlete_id, a.practitioner_id, a.clinic_id, a.room_id, a.service_id,
	a.starts_at, a.ends_at, a.state, a.grade, a.timing_override_reason,
	(SELECT s.outcome FROM screening s WHERE s.organisation_id = a.organisation_id
		AND s.appointment_id = a.appointment_id) AS screening_outcome,
	(SELECT s.why FROM screening s WHERE s.organisation_id = a.organisation_id
		AND s.appointment_id = a.appointment_id) AS screening_why,
	(SELECT date_part('epoch', (a.starts_at AT TIME ZONE c.zone)
		- (a.starts_at AT TIME ZONE 'UTC'))::int FROM clinic c
		WHERE c.organisation_id = a.organisation_id AND c.clinic_id = a.clinic_id) AS offset_s,
	a.version, a.place, a.override_reason, array_to_string(a.overridden, ' ') AS overridden,
	a.series_id, a.hold_expires_at,
	(SELECT said.confirmed_at FROM visit_confirmation said WHERE said.organisation_id = a.organisation_id
		AND said.appointment_id = a.appointment_id AND said.starts_at = a.starts_at) AS confirmed_at,
	(SELECT said.confirmed_by FROM visit_confirmation said WHERE said.organisation_id = a.organisation_id
		AND said.appointment_id = a.appointment_id AND said.starts_at = a.starts_at) AS confirmed_by
FROM near
CROSS JOIN LATERAL (
	SELECT * FROM appointment
	WHERE organisation_id = $1 AND appointment_id = near.appointment_id LIMIT 1
) AS a
WHERE a.starts_at < $6 AND a.ends_at > $5 AND a.starts_at >= $7
	AND (a.state = 'booked' OR (a.state = 'held' AND a.hold_expires_at > $7))
ORDER BY a.starts_at, a.appointment_id LIMIT 200
