-- Holds of the organisation past their time ($2), at most $3, by appointment_held; columns as
-- appointment_find without the key, and the open offer that it is for (waitlist_offer_of_hold).
SELECT a.appointment_id, a.athlete_id, a.practitioner_id, a.clinic_id, a.room_id, a.service_id,
	a.starts_at, a.ends_at, a.state, a.grade, a.timing_override_reason,
	NULL AS screening_outcome, NULL AS screening_why,
	(SELECT date_part('epoch', (a.starts_at AT TIME ZONE c.zone)
		- (a.starts_at AT TIME ZONE 'UTC'))::int FROM clinic c
		WHERE c.organisation_id = a.organisation_id AND c.clinic_id = a.clinic_id) AS offset_s,
	a.version, a.place, a.override_reason, array_to_string(a.overridden, ' ') AS overridden,
	a.series_id, a.hold_expires_at, NULL AS confirmed_at, NULL AS confirmed_by,
	(SELECT o.offer_id FROM waitlist_offer o WHERE o.organisation_id = a.organisation_id
		AND o.appointment_id = a.appointment_id AND o.state = 'open') AS offer_id
FROM appointment a
WHERE a.organisation_id = $1 AND a.state = 'held' AND a.hold_expires_at <= $2
ORDER BY a.hold_expires_at LIMIT $3
