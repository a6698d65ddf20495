-- Whose calendar the token with the SHA-256 $2 opens; none when it is revoked. calendar_feed_token.
SELECT subject_kind, subject_id FROM calendar_feed
WHERE organisation_id = $1 AND token_hash = $2 AND revoked_at IS NULL
