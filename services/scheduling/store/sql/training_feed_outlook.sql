-- tenants: every
-- Feeds, the next due first, at most 200; columns as training_feed_list. training_feed_due.
SELECT feed_id, athlete_id, url, good_at, tried_at, next_at, fault, failures, etag, last_modified,
	organisation_id
FROM training_feed WHERE ended_at IS NULL ORDER BY next_at LIMIT 200
