-- Who and what a plan is for ($3 NULL: any service). athlete_key, service_key.
SELECT
	(SELECT true FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	$3::uuid IS NULL OR (SELECT true FROM service WHERE organisation_id = $1
		AND service_id = $3) IS NOT NULL AS service_known
