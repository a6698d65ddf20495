-- A new appointment in a unit with other changes (a hold, a visit of a series, one that limits had to
-- be looked at for): the unit fails by the constraint of what is taken. book_one is the same alone.
-- Waits for a booking in flight that it meets.
INSERT INTO appointment (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id,
	room_id, place, service_id, starts_at, ends_at, blocked_from, blocked_until, state,
	hold_expires_at, series_id, grade, timing_override_reason, override_reason, overridden,
	idempotency_key, booked_at, booked_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
	string_to_array($19, ' '), $20, $21, $22)
