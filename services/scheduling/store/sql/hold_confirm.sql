-- A hold ($2) whose time ($3 now) is not over is booked, else the unit ends: SL001. appointment_key;
-- locks the appointment. The grade stays what it was when it was held.
WITH confirmed AS (
	UPDATE appointment SET state = 'booked', state_at = $3, state_by = $4, hold_expires_at = NULL
	WHERE organisation_id = $1 AND appointment_id = $2 AND state = 'held' AND hold_expires_at > $3
	RETURNING appointment_id
)
SELECT require(count(*) = 1, 'SL001', 'the hold has ended') FROM confirmed
