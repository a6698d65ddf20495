-- Coming visits (from $5 on) of a practitioner at a clinic that the openings of rule $4 (NULL: of the
-- weekly ones) hold, and neither those of another rule nor the new ones ($6 to $7) would. Columns as
-- appointment_find without the key. appointment_practitioner_busy, opening_key,
-- working_rule_of_practitioner; no opening is longer than 26 hours.
WITH replaced AS MATERIALIZED (
	SELECT rule_id FROM working_rule
	WHERE organisation_id = $1 AND practitioner_id = $2 AND clinic_id = $3
		AND CASE WHEN $4::uuid IS NULL THEN weekly ELSE rule_id = $4 END
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
FROM appointment a
WHERE a.organisation_id = $1 AND a.practitioner_id = $2 AND a.clinic_id = $3
	AND a.state IN ('held', 'booked', 'checked_in', 'completed')
	AND a.blocked_from > $5::timestamptz - interval '12 hours' AND a.starts_at >= $5
	AND (a.state = 'booked' OR (a.state = 'held' AND a.hold_expires_at > $5))
	AND EXISTS (SELECT FROM opening o WHERE o.organisation_id = $1 AND o.practitioner_id = $2
		AND o.clinic_id = $3 AND o.rule_id IN (SELECT rule_id FROM replaced) AND o.opens_at <= a.starts_at
		AND o.opens_at > a.starts_at - interval '26 hours' AND o.closes_at >= a.ends_at)
	AND NOT EXISTS (SELECT FROM opening o WHERE o.organisation_id = $1 AND o.practitioner_id = $2
		AND o.clinic_id = $3 AND o.rule_id NOT IN (SELECT rule_id FROM replaced)
		AND o.opens_at <= a.starts_at
		AND o.opens_at > a.starts_at - interval '26 hours' AND o.closes_at >= a.ends_at)
	AND NOT EXISTS (SELECT FROM unnest($6::timestamptz[], $7::timestamptz[]) AS new (opens_at, closes_at)
		WHERE new.opens_at <= a.starts_at AND new.closes_at >= a.ends_at)
ORDER BY a.starts_at, a.appointment_id LIMIT 200
