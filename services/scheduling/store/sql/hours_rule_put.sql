-- A rule, new or as it is from now on; its openings are put anew in the same unit. False when the rule
-- is another practitioner's or clinic's. working_rule_key.
WITH put AS (
	INSERT INTO working_rule (organisation_id, rule_id, practitioner_id, clinic_id, rrule, first_day,
		opens, closes, excluded, added, weekly, opened_until, opened_by)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
	ON CONFLICT (organisation_id, rule_id) DO UPDATE SET rrule = excluded.rrule,
		first_day = excluded.first_day, opens = excluded.opens, closes = excluded.closes,
		excluded = excluded.excluded, added = excluded.added,
		opened_until = excluded.opened_until, opened_by = excluded.opened_by
	WHERE working_rule.practitioner_id = excluded.practitioner_id
		AND working_rule.clinic_id = excluded.clinic_id AND NOT working_rule.weekly
	RETURNING rule_id
)
SELECT require(count(*) = 1, 'SL002', 'the rule is of somebody else''s hours') FROM put
