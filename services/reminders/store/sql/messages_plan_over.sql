-- Messages of organisation $1 to athlete $2 (clinic $3, appointment $4, encounter $5), planned at $6, that are
-- not sent ($18: why): ids $7, purposes $8, consents $9, rules $10, priorities $11, due
-- $12, stale $13, step $14 of $15, version of the visit's time $16, traces $17. One that is known stays.
-- Index: planned_message_pkey. Locks: none beyond the new rows, in the order of their ids.
WITH over AS (
	INSERT INTO planned_message (organisation_id, athlete_id, clinic_id, appointment_id, encounter_id, planned_at,
		message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps, trace, visit_version, why)
	SELECT $1, $2, $3, $4, $5, $6, plan.*, $16, 'planned by ' || plan.rule
	FROM unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::smallint[], $12::timestamptz[],
		$13::timestamptz[], $14::int[], $15::int[], $17::text[])
		AS plan (message_id, purpose, consent, rule, priority, due_at, stale_at, step, steps, trace)
	ORDER BY plan.message_id
	ON CONFLICT DO NOTHING
	RETURNING message_id
), decided AS (
	INSERT INTO decision (organisation_id, message_id, state, why, channel, address, text, decided_at)
	SELECT $1, message_id, 'suppressed', $18, '', '', '', $6 FROM over
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $6, message_id, 'suppressed', '', $18 FROM over
