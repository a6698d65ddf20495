-- The athlete's feed of that address, and whether the athlete is known; athlete_key,
-- training_feed_once.
SELECT (SELECT true FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	(SELECT feed_id FROM training_feed WHERE organisation_id = $1 AND athlete_id = $2 AND url = $3
		AND ended_at IS NULL) AS feed_id,
	(SELECT count(*) FROM training_feed WHERE organisation_id = $1 AND athlete_id = $2
		AND ended_at IS NULL) AS feeds
