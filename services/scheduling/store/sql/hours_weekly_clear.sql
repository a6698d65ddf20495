-- Second of a replacement of weekly hours: the rules of before with their openings.
-- working_rule_of_practitioner, opening_of_rule.
WITH gone AS (
	DELETE FROM working_rule WHERE organisation_id = $1 AND practitioner_id = $2 AND clinic_id = $3
		AND weekly
	RETURNING rule_id
)
DELETE FROM opening o USING gone WHERE o.organisation_id = $1 AND o.rule_id = gone.rule_id
