-- An absence that is called off. absence_key.
WITH gone AS (
	DELETE FROM absence WHERE organisation_id = $1 AND absence_id = $2 RETURNING absence_id
)
SELECT require(count(*) = 1, 'SL001', 'there is no such absence any more') FROM gone
