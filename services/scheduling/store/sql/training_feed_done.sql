-- What became of a try ($3: until when it was claimed, else the unit ends, SL001: it was unsubscribed,
-- or another instance has it). $4 tried, $5 read well (NULL: not), $6 etag and $7 last_modified of the
-- copy, $8 next, $9 failures in a row, $10 why. training_feed_key; locks the feed.
WITH done AS (
	UPDATE training_feed SET tried_at = $4, good_at = coalesce($5, good_at), etag = $6,
		last_modified = $7, next_at = $8, failures = $9, fault = $10
	WHERE organisation_id = $1 AND feed_id = $2 AND next_at = $3 AND ended_at IS NULL
	RETURNING feed_id
)
SELECT require(count(*) = 1, 'SL001', 'the feed has ended, or another instance has it') FROM done
