-- The kind by hand at $6, else the unit ends: SL003. training_session_key; locks the session.
WITH corrected AS (
	UPDATE training_session SET kind = $5, corrected = true, uncertain = false,
		changed_at = CASE WHEN kind <> $5 THEN $6::timestamptz ELSE changed_at END
	WHERE organisation_id = $1 AND athlete_id = $2 AND source = $3 AND uid = $4
	RETURNING uid
)
SELECT require(count(*) = 1, 'SL003', 'no such session') FROM corrected
