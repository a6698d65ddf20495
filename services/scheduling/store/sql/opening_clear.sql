-- The openings of a rule from $3 on. opening_of_rule.
DELETE FROM opening WHERE organisation_id = $1 AND rule_id = $2 AND opens_at >= $3
