-- First of a change; SL003 when the organisation has no such practitioner. practitioner_key; its lock
-- keeps two changes apart.
WITH updated AS (
	UPDATE practitioner SET given_name = $3, family_name = $4, skills = $5,
		needling_training_hours = $6, needling_training_place = $7, needling_training_on = $8
	WHERE organisation_id = $1 AND practitioner_id = $2
	RETURNING practitioner_id
)
SELECT require(count(*) = 1, 'SL003', 'no such practitioner') FROM updated
