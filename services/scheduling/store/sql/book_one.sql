-- One booking in one statement: appointment, idempotency key with its reply, event. What conflicts
-- (practitioner, room, athlete, or the same key at the same moment) inserts nothing: booked is false
-- then, and why has to be asked anew. A key that another method used fails by idempotency_key.
-- Holds the locks of the rows that it inserts; waits for a booking in flight that it meets.
WITH booked AS (
	INSERT INTO appointment (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id,
		room_id, service_id, starts_at, ends_at, blocked_from, blocked_until, grade,
		timing_override_reason, idempotency_key, booked_at, booked_by, place)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $22)
	ON CONFLICT DO NOTHING
	RETURNING organisation_id, appointment_id, clinic_id, idempotency_key, booked_at
), claimed AS (
	INSERT INTO idempotency (organisation_id, key, fingerprint, reply, made_at)
	SELECT organisation_id, idempotency_key, $17::text, $18::bytea, booked_at FROM booked
), told AS (
	INSERT INTO outbox (organisation_id, clinic_id, subject_id, type, occurred_at, traceparent,
		payload)
	SELECT organisation_id, clinic_id, appointment_id, $19::text, booked_at, $20::text, $21::bytea
	FROM booked
)
SELECT count(*) > 0 AS booked FROM booked
