-- Closes review $2, or ends the unit with SL002 when it is closed already. By review_key.
-- Locks: the review's row; so of two answers one is first.
WITH answered AS (
	UPDATE review SET answer = $3, driver = $4, answered_at = $5, answered_by = $6
	WHERE organisation_id = $1 AND review_id = $2 AND answered_at IS NULL
	RETURNING review_id
)
SELECT require(EXISTS (SELECT FROM answered), 'SL002', 'the review is answered')
