-- From the version in which it was seen ($3) to a state ($4), at $5, for the reason $6, by $7; what is
-- overridden with it ($9, for the reason $8; '': nothing) takes the place of what was. Else the unit
-- ends: SL001, for it has moved on meanwhile. appointment_key; locks the appointment.
WITH moved AS (
	UPDATE appointment SET state = $4, state_at = $5, state_reason = $6, state_by = $7,
		override_reason = CASE $9::text WHEN '' THEN override_reason ELSE $8 END,
		overridden = CASE $9::text WHEN '' THEN overridden ELSE string_to_array($9, ' ') END
	WHERE organisation_id = $1 AND appointment_id = $2 AND version = $3
	RETURNING appointment_id
)
SELECT require(count(*) = 1, 'SL001', 'the appointment has moved on') FROM moved
