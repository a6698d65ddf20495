-- How far a rule's openings are there; false: it has gone or changed since it was read ($5, $6).
-- working_rule_key.
WITH opened AS (
	UPDATE working_rule SET opened_until = $3, opened_by = $4
	WHERE organisation_id = $1 AND rule_id = $2 AND opened_until = $5 AND rrule = $6
	RETURNING rule_id
)
SELECT require(count(*) = 1, 'SL001', 'the rule has changed meanwhile') FROM opened
