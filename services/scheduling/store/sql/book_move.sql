-- Another practitioner, clinic, place or time for appointment $2, booked in the version ($3) in which it
-- was seen, else the unit ends: SL001. It fails by the constraint of what is taken. appointment_key;
-- locks the appointment, waits for a booking in flight that it meets.
WITH moved AS (
	UPDATE appointment SET practitioner_id = $4, clinic_id = $5, room_id = $6, place = $7,
		starts_at = $8, ends_at = $9, blocked_from = $10, blocked_until = $11, grade = $12,
		timing_override_reason = $13, override_reason = $14,
		overridden = string_to_array($15, ' '), state_at = $16, state_reason = $17, state_by = $18
	WHERE organisation_id = $1 AND appointment_id = $2 AND version = $3 AND state = 'booked'
	RETURNING appointment_id
)
SELECT require(count(*) = 1, 'SL001', 'the appointment has moved on') FROM moved
