-- Address $2 of organisation $1 has opted in again, at $3: what its athletes would miss because of the
-- opt-out ($4: the reason that was written down then) and what still lies ahead is planned again, of a
-- visit only while it is booked, for the time that it has now. What was due meanwhile stays unsent.
-- Index: contact_point_address, message_athlete, visit_pkey. Locks: the rows.
WITH restored AS (
	UPDATE message m
	SET state = 'planned', why = 'planned again: the number has opted in', decided_at = NULL,
		lease_id = NULL, lease_until = NULL
	FROM (SELECT DISTINCT athlete_id FROM contact_point WHERE organisation_id = $1 AND address = $2) AS p
	WHERE m.organisation_id = $1 AND m.athlete_id = p.athlete_id AND m.due_at > $3
		AND m.state = 'suppressed' AND m.why = $4
		AND (m.encounter_id IS NOT NULL OR EXISTS (
			SELECT FROM visit v
			WHERE v.organisation_id = $1 AND v.appointment_id = m.appointment_id
				AND v.state = 'booked' AND v.starts_at > $3 AND v.version <= m.visit_version
		))
	RETURNING m.message_id
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $3, message_id, 'restored', '', 'the number has opted in' FROM restored
