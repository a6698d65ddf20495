-- Plans messages of organisation $1 to athlete $2 (clinic $3, appointment $4, encounter $5) at $6:
-- ids $7, purposes $8, consents $9, rules $10, priorities $11, due $12, stale $13, step $14 of $15;
-- $16: the version of the visit's time.
-- One that is planned already moves to the new times, and so does one that an opt-out ($17: its reason)
-- holds back, for it may be restored; any other that is sent or suppressed stays.
-- Index: message_pkey. Locks: the rows, in the order of their ids.
INSERT INTO message (organisation_id, athlete_id, clinic_id, appointment_id, encounter_id, planned_at,
	message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps, visit_version, state, why)
SELECT $1, $2, $3, $4, $5, $6, plan.*, $16, 'planned', 'planned by ' || plan.rule
FROM unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::smallint[], $12::timestamptz[],
	$13::timestamptz[], $14::int[], $15::int[])
	AS plan (message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps)
ORDER BY plan.message_id
ON CONFLICT (organisation_id, message_id) DO UPDATE
SET due_at = excluded.due_at, stale_at = excluded.stale_at
WHERE (message.state = 'planned' OR (message.state = 'suppressed' AND message.why = $17))
	AND (message.due_at, message.stale_at) IS DISTINCT FROM (excluded.due_at, excluded.stale_at)
