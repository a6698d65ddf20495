-- One row or none by appointment_key, with what its screening said, the zone's offset then,
-- whether the key $3 of a command about it was used, the cut-off of its service (service_key), and the
-- open offer that it holds its time for (waitlist_offer_of_hold).
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
		AND said.appointment_id = a.appointment_id AND said.starts_at = a.starts_at) AS confirmed_by,
	(SELECT o.offer_id FROM waitlist_offer o WHERE o.organisation_id = a.organisation_id
		AND o.appointment_id = a.appointment_id AND o.state = 'open') AS offer_id,
	(SELECT true FROM idempotency WHERE organisation_id = $1 AND key = $3) AS key_known,
	(SELECT s.cancel_cutoff_minutes FROM service s WHERE s.organisation_id = a.organisation_id
		AND s.service_id = a.service_id) AS cutoff_minutes
FROM appointment a WHERE a.organisation_id = $1 AND a.appointment_id = $2
