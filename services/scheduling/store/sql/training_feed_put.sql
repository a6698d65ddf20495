-- A new feed, due at once ($5).
INSERT INTO training_feed (organisation_id, feed_id, athlete_id, url, next_at)
VALUES ($1, $2, $3, $4, $5)
