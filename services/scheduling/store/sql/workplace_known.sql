-- Who and where hours are set for. practitioner_key, clinic_key.
SELECT
	(SELECT true FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $2)
		AS practitioner_known,
	(SELECT true FROM clinic WHERE organisation_id = $1 AND clinic_id = $3) AS clinic_known
