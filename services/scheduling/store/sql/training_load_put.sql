-- What a session was like, else the unit ends: SL003. training_session_key; locks the session.
WITH recorded AS (
	UPDATE training_session SET rpe = $5, minutes = $6
	WHERE organisation_id = $1 AND athlete_id = $2 AND source = $3 AND uid = $4
	RETURNING uid
)
SELECT require(count(*) = 1, 'SL003', 'no such session') FROM recorded
