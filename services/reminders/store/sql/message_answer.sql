-- Message $2 of organisation $1 was answered by $3 at $4. Ends the unit with SL001 when somebody else
-- answered it meanwhile, so that the text is judged again.
-- Index: decision_pkey. Locks: the row.
WITH answered AS (
	UPDATE decision SET answer = $3, answered_at = $4
	WHERE organisation_id = $1 AND message_id = $2 AND answered_at IS NULL
	RETURNING message_id
)
SELECT require(EXISTS (SELECT FROM answered), 'SL001', 'the question was answered meanwhile')
