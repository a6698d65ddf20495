-- Plans messages of organisation $1 to athlete $2 (clinic $3, appointment $4, encounter $5) at $6:
-- ids $7, purposes $8, consents $9, rules $10, priorities $11, due $12, stale $13, step $14 of $15;
-- $16: the version of the visit's time; $17: why each comes when it does. What is planned already stays as it is: messages_move.
-- Index: planned_message_pkey, lane_pkey. Locks: none beyond the new rows, in the order of their ids.
WITH planned AS (
	INSERT INTO planned_message (organisation_id, athlete_id, clinic_id, appointment_id, encounter_id, planned_at,
		message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps, trace, visit_version, why)
	SELECT $1, $2, $3, $4, $5, $6, plan.*, $16, 'planned by ' || plan.rule
	FROM unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::smallint[], $12::timestamptz[],
		$13::timestamptz[], $14::int[], $15::int[], $17::text[])
		AS plan (message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps, trace)
	ORDER BY plan.message_id
	ON CONFLICT DO NOTHING
	RETURNING coalesce(clinic_id, '00000000-0000-0000-0000-000000000000') AS clinic_id, priority, due_at, message_id
), lanes AS (
	INSERT INTO lane (organisation_id, clinic_id, priority)
	SELECT DISTINCT $1::uuid, clinic_id, priority FROM planned
	WHERE NOT EXISTS (SELECT FROM lane l WHERE l.organisation_id = $1 AND l.clinic_id = planned.clinic_id
		AND l.priority = planned.priority)
	ORDER BY 2, 3
	ON CONFLICT DO NOTHING
)
INSERT INTO queue (organisation_id, clinic_id, priority, due_at, message_id)
SELECT $1, clinic_id, priority, due_at, message_id FROM planned
