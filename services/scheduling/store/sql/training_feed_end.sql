-- Unsubscribed at $3, else the unit ends: SL003. training_feed_key; locks the feed.
WITH ended AS (
	UPDATE training_feed SET ended_at = $3
	WHERE organisation_id = $1 AND feed_id = $2 AND ended_at IS NULL
	RETURNING feed_id
)
SELECT require(count(*) = 1, 'SL003', 'no such feed') FROM ended
