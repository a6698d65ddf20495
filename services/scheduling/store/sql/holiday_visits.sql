-- Visits to come after $2 at clinics $3 in [$4, $5), earliest first, at most 200; $6 is 12 hours before $4,
-- the longest that a visit blocks. Columns as appointment_find without the key. appointment_clinic_busy,
-- then appointment_key for each, as absence_visits has it.
WITH near AS (
	SELECT DISTINCT a.appointment_id
	FROM unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
		AS day (clinic_id, starts_at, ends_at, near_at)
	CROSS JOIN LATERAL (
		SELECT appointment_id, starts_at, ends_at FROM appointment
		WHERE organisation_id = $1 AND clinic_id = day.clinic_id
			AND state IN ('held', 'booked', 'checked_in', 'completed')
			AND blocked_from < day.ends_at AND blocked_from > day.near_at
	) AS a
	WHERE a.starts_at < day.ends_at AND a.ends_at > day.starts_at
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
WHERE a.starts_at >= $2
	AND (a.state = 'booked' OR (a.state = 'held' AND a.hold_expires_at > $2))
ORDER BY a.starts_at, a.appointment_id LIMIT 200
