-- Visits of an athlete that are to come at $3, as appointment_find has them, and what else tells
-- whether they clash: their local day, when they were graded, and the open clash ('': cleared or none).
-- Those that clash and are no longer to come are among them, that their clash may end.
-- appointment_by_athlete, clinic_key, timing_clash_of_athlete, appointment_key, timing_clash_key,
-- appointment_history_key.
SELECT a.appointment_id, a.athlete_id, a.practitioner_id, a.clinic_id, a.room_id, a.service_id,
	a.starts_at, a.ends_at, a.state, a.grade, a.timing_override_reason,
	NULL AS screening_outcome, NULL AS screening_why,
	date_part('epoch', (a.starts_at AT TIME ZONE c.zone) - (a.starts_at AT TIME ZONE 'UTC'))::int
		AS offset_s,
	a.version, a.place, a.override_reason, array_to_string(a.overridden, ' ') AS overridden,
	a.series_id, a.hold_expires_at, NULL AS confirmed_at, NULL AS confirmed_by,
	day_begins(date_trunc('day', a.starts_at AT TIME ZONE c.zone), c.zone) AS day_starts_at,
	day_begins(date_trunc('day', a.starts_at AT TIME ZONE c.zone) + interval '1 day', c.zone)
		AS day_ends_at,
	CASE WHEN (SELECT true FROM appointment_history h WHERE h.organisation_id = $1
		AND h.appointment_id = a.appointment_id AND h.starts_at <> a.starts_at LIMIT 1)
		THEN greatest(a.booked_at, a.state_at) ELSE a.booked_at END AS graded_at,
	(SELECT x.reasons FROM timing_clash x WHERE x.organisation_id = $1
		AND x.appointment_id = a.appointment_id AND x.cleared_at IS NULL) AS reasons,
	(SELECT x.found_at FROM timing_clash x WHERE x.organisation_id = $1
		AND x.appointment_id = a.appointment_id AND x.cleared_at IS NULL) AS found_at
FROM (
	SELECT b.* FROM appointment b WHERE b.organisation_id = $1 AND b.person_id = ANY (ARRAY(SELECT athlete_id FROM person_ids($1, $2)))
		AND b.starts_at > $3 AND b.state = 'booked'
	UNION ALL
	SELECT over.* FROM timing_clash x
	CROSS JOIN LATERAL (SELECT * FROM appointment o WHERE o.organisation_id = $1
		AND o.appointment_id = x.appointment_id LIMIT 1) AS over
	WHERE x.organisation_id = $1 AND x.athlete_id = $2 AND x.cleared_at IS NULL
		AND NOT (over.starts_at > $3 AND over.state = 'booked')
) AS a
JOIN clinic c ON c.organisation_id = $1 AND c.clinic_id = a.clinic_id
ORDER BY a.starts_at LIMIT 500
