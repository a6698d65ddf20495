-- Ends merge $2; SL001 when it is not in force any more. By the keys of athlete_merge and
-- athlete_alias_merge. Locks: both rows.
WITH ended AS (
	UPDATE athlete_merge SET unmerged_at = $3, unmerged_by = $4, unmerge_reason = $5
	WHERE organisation_id = $1 AND merge_id = $2 AND unmerged_at IS NULL
	RETURNING merge_id
), gone AS (
	DELETE FROM athlete_alias WHERE organisation_id = $1 AND merge_id = $2
	RETURNING merge_id
)
SELECT require((SELECT count(*) FROM ended) = 1 AND (SELECT count(*) FROM gone) = 1, 'SL001',
	'unmerged meanwhile')
