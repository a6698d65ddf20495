-- A new calendar of subject $4 (of kind $3); $5 is the SHA-256 of its token. calendar_feed_key,
-- calendar_feed_token.
INSERT INTO calendar_feed (organisation_id, feed_id, subject_kind, subject_id, token_hash, made_at,
	made_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
