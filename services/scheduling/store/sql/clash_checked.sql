-- An athlete was checked as asked for the $3rd time, and is to be a last time at $4 (NULL: that was the
-- last); else the unit ends, SL001: asked again, or checked by another. timing_recheck_key.
WITH later AS (
	UPDATE timing_recheck SET asked = asked + 1, due_at = $4, last = true
	WHERE organisation_id = $1 AND athlete_id = $2 AND asked = $3 AND $4::timestamptz IS NOT NULL
	RETURNING athlete_id
), done AS (
	DELETE FROM timing_recheck
	WHERE organisation_id = $1 AND athlete_id = $2 AND asked = $3 AND $4::timestamptz IS NULL
	RETURNING athlete_id
)
SELECT require((SELECT count(*) FROM later) + (SELECT count(*) FROM done) = 1, 'SL001',
	'asked again, or checked by another')
