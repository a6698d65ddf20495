-- book_one for many callers: an array for each parameter, a row for each caller. Rows go in one
-- agreed order, so that two batches cannot deadlock; a conflict of one is no error to the others.
WITH asked AS MATERIALIZED (
	SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[],
		$7::uuid[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[],
		$11::timestamptz[], $12::text[], $13::text[], $14::text[],
		$15::timestamptz[], $16::text[], $17::text[], $18::bytea[], $19::text[],
		$20::text[], $21::bytea[], $22::int[])
	WITH ORDINALITY AS asked (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id,
		room_id, service_id, starts_at, ends_at, blocked_from, blocked_until, grade,
		timing_override_reason, idempotency_key, booked_at, booked_by, fingerprint,
		reply, type, traceparent, payload, place, caller)
), booked AS (
	INSERT INTO appointment (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id,
		room_id, service_id, starts_at, ends_at, blocked_from, blocked_until, grade,
		timing_override_reason, idempotency_key, booked_at, booked_by, place)
	SELECT organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id,
		room_id, service_id, starts_at, ends_at, blocked_from, blocked_until, grade,
		timing_override_reason, idempotency_key, booked_at, booked_by, place
	FROM asked ORDER BY starts_at, practitioner_id, room_id, place, athlete_id, idempotency_key
	ON CONFLICT DO NOTHING
	RETURNING appointment_id
), claimed AS (
	INSERT INTO idempotency (organisation_id, key, fingerprint, reply, made_at)
	SELECT organisation_id, idempotency_key, fingerprint, reply, booked_at
	FROM asked JOIN booked USING (appointment_id)
), told AS (
	INSERT INTO outbox (organisation_id, clinic_id, subject_id, type, occurred_at, traceparent,
		payload)
	SELECT organisation_id, clinic_id, appointment_id, type, booked_at, traceparent, payload
	FROM asked JOIN booked USING (appointment_id)
)
SELECT asked.caller, booked.appointment_id IS NOT NULL AS booked
FROM asked LEFT JOIN booked USING (appointment_id) ORDER BY asked.caller
