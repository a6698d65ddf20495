-- The event of encounter $3's opening (the values of outbox_add), when it is this transaction that opened
-- it or took it over. By encounter_key. Locks: none beyond the new row.
INSERT INTO outbox (organisation_id, clinic_id, subject_id, type, occurred_at, traceparent, payload)
SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::timestamptz, $6, $7::bytea
FROM encounter
WHERE organisation_id = $1::uuid AND encounter_id = $3::uuid
	AND encounter.xmin = pg_current_xact_id()::xid
