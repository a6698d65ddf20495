-- Plans one reminder for each caller: organisations $1, ids $2, visits $3, purposes $4, consents $5, rules $6,
-- priorities $7, due $8, said at $9, by whom $10; with the idempotency keys $11, fingerprints $12 and replies $13.
-- A row for each caller: whether it was planned. Not, when the visit is not booked or begins before.
-- Index: visit_pkey, planned_message_pkey, lane_pkey, idempotency_key. Locks: none beyond the new rows, in the
-- order of their ids.
WITH asked AS MATERIALIZED (
	SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::smallint[],
		$8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::bytea[])
	WITH ORDINALITY AS asked (organisation_id, message_id, appointment_id, purpose, consent, rule, priority,
		due_at, planned_at, asked_by, key, fingerprint, reply, caller)
), planned AS (
	INSERT INTO planned_message (organisation_id, message_id, athlete_id, clinic_id, appointment_id, purpose,
		consent, rule, priority, visit_version, planned_at, due_at, stale_at, why, trace)
	SELECT a.organisation_id, a.message_id, v.athlete_id, v.clinic_id, a.appointment_id, a.purpose, a.consent,
		a.rule, a.priority, v.version, a.planned_at, a.due_at, v.starts_at, 'planned by ' || a.rule,
		'asked for by ' || a.asked_by
	FROM asked a
	JOIN visit v ON v.organisation_id = a.organisation_id AND v.appointment_id = a.appointment_id
	WHERE v.state = 'booked' AND v.starts_at > a.due_at
	ORDER BY a.organisation_id, a.message_id
	ON CONFLICT DO NOTHING
	RETURNING organisation_id, coalesce(clinic_id, '00000000-0000-0000-0000-000000000000') AS clinic_id, priority,
		due_at, message_id
), lanes AS (
	INSERT INTO lane (organisation_id, clinic_id, priority)
	SELECT DISTINCT organisation_id, clinic_id, priority FROM planned
	WHERE NOT EXISTS (SELECT FROM lane l WHERE l.organisation_id = planned.organisation_id
		AND l.clinic_id = planned.clinic_id AND l.priority = planned.priority)
	ORDER BY 1, 2, 3
	ON CONFLICT DO NOTHING
), queued AS (
	INSERT INTO queue (organisation_id, clinic_id, priority, due_at, message_id)
	SELECT organisation_id, clinic_id, priority, due_at, message_id FROM planned
), claimed AS (
	INSERT INTO idempotency (organisation_id, key, fingerprint, reply, made_at)
	SELECT organisation_id, key, fingerprint, reply, planned_at
	FROM asked JOIN planned USING (organisation_id, message_id)
)
SELECT asked.caller, planned.message_id IS NOT NULL AS planned
FROM asked LEFT JOIN planned USING (organisation_id, message_id) ORDER BY asked.caller
