-- The phrases or note templates (kind $3) that hold at clinic $2 (NULL: the organisation's), by code, behind
-- code $4, at most $5; $6 are the codes of those that come with the programs, whose rows have no content. Of
-- one code the clinic's counts, then the organisation's, then that, unless it is taken out there (kept without
-- content). By wording_code. Locks: none.
SELECT clinic_id, code, content, put_at, put_by
FROM (
	SELECT DISTINCT ON (code) clinic_id, code, content, put_at, put_by, ours
	FROM (
		SELECT clinic_id, code, content, put_at, put_by, false AS ours
		FROM wording
		WHERE organisation_id = $1 AND kind = $3 AND code > $4
			AND (clinic_id IS NULL OR clinic_id = $2::uuid)
		UNION ALL
		SELECT NULL, shipped.code, NULL, NULL, NULL, true
		FROM unnest($6::text[]) AS shipped (code)
		WHERE shipped.code > $4
	) AS known
	ORDER BY code, content IS NULL, ours, clinic_id
) AS held
WHERE ours OR content IS NOT NULL
ORDER BY code
LIMIT $5
