-- Merge $2, and whether it is in force: one row or none. By athlete_merge_key. Locks: none.
SELECT survivor_id, merged_id, unmerged_at IS NULL AS in_force
FROM athlete_merge WHERE organisation_id = $1 AND merge_id = $2
