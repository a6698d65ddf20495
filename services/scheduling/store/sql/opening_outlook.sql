-- tenants: every
-- Rules whose openings do not reach to $1, or that another tzdata than $2 has opened: at most 100.
-- working_rule_to_open, working_rule_opened_by.
(SELECT organisation_id, rule_id FROM working_rule WHERE opened_until < $1 LIMIT 100)
UNION (SELECT organisation_id, rule_id FROM working_rule WHERE opened_by < $2 LIMIT 100)
UNION (SELECT organisation_id, rule_id FROM working_rule WHERE opened_by > $2 LIMIT 100)
LIMIT 100
