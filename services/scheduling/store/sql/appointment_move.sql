-- From the state in which it was seen ($3) to another ($4), else the unit ends: SL001, for it has
-- moved on meanwhile. appointment_key; locks the appointment.
WITH moved AS (
	UPDATE appointment SET state = $4, state_at = $5, state_reason = $6, state_by = $7
	WHERE organisation_id = $1 AND appointment_id = $2 AND state = $3
	RETURNING appointment_id
)
SELECT require(count(*) = 1, 'SL001', 'the appointment has moved on') FROM moved
