-- tenants: every
-- Feeds, the next due first, at most 200; training_feed_due.
SELECT organisation_id, feed_id, athlete_id, url, etag, last_modified, next_at, failures
FROM training_feed WHERE ended_at IS NULL ORDER BY next_at LIMIT 200
