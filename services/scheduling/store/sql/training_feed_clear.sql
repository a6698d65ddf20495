-- What a feed brought goes with it; what was done and has its load ($4 now) stays.
-- training_session_key.
DELETE FROM training_session WHERE organisation_id = $1 AND athlete_id = $2 AND source = $3
	AND NOT (rpe IS NOT NULL AND ends_at <= $4)
