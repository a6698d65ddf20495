-- A rule with its openings. working_rule_key, opening_of_rule.
WITH gone AS (
	DELETE FROM working_rule WHERE organisation_id = $1 AND rule_id = $2 RETURNING rule_id
), closed AS (
	DELETE FROM opening o USING gone WHERE o.organisation_id = $1 AND o.rule_id = gone.rule_id
)
SELECT require(count(*) = 1, 'SL001', 'there is no such rule any more') FROM gone
