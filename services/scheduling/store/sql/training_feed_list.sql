-- The feeds of athlete $2, or feed $3 alone, that have not ended; training_feed_of_athlete,
-- training_feed_key.
SELECT feed_id, athlete_id, url, good_at, tried_at, next_at, fault, failures, etag, last_modified
FROM training_feed
WHERE organisation_id = $1 AND ended_at IS NULL
	AND (athlete_id = $2 OR $2::uuid IS NULL AND feed_id = $3)
ORDER BY feed_id LIMIT 100
