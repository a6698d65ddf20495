-- Before the visits of an athlete's plans are counted: locks the rows of the plans, in one order.
SELECT plan_id FROM visit_plan WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2))
ORDER BY plan_id FOR UPDATE
