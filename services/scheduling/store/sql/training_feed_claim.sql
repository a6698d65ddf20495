-- A feed that was seen due at $3 is this instance's until $4, else the unit ends: SL001.
-- training_feed_key; locks the feed.
WITH claimed AS (
	UPDATE training_feed SET next_at = $4
	WHERE organisation_id = $1 AND feed_id = $2 AND next_at = $3 AND ended_at IS NULL
	RETURNING feed_id
)
SELECT require(count(*) = 1, 'SL001', 'another instance has it') FROM claimed
