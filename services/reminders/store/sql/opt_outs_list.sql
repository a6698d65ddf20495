-- Addresses of organisation $1 that have opted out, behind $2, at most $3, and who has them: the ids in one text.
-- By opt_out_pkey and contact_point_address. Locks: none.
SELECT opt_out.address, opt_out.changed_at, coalesce(theirs.ids, '') AS athlete_ids
FROM (
	SELECT address, changed_at FROM opt_out
	WHERE organisation_id = $1 AND address > $2 AND opted_out
	ORDER BY address
	LIMIT $3::int
) AS opt_out
CROSS JOIN LATERAL (
	SELECT string_agg(DISTINCT point.athlete_id::text, ' ') AS ids
	FROM contact_point AS point
	WHERE point.organisation_id = $1 AND point.address = opt_out.address
) AS theirs
ORDER BY opt_out.address
