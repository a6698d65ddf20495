-- Who and where hours are set for, and the clinic's zone ('' for no such clinic). practitioner_key,
-- clinic_key.
SELECT
	(SELECT true FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $2)
		AS practitioner_known,
	(SELECT zone FROM clinic WHERE organisation_id = $1 AND clinic_id = $3) AS zone,
	(SELECT cardinality(clinic_ids) > 0 AND NOT $3::uuid = ANY (clinic_ids) FROM practitioner
		WHERE organisation_id = $1 AND practitioner_id = $2) AS works_elsewhere
