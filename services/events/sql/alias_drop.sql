-- Merge $2 has been ended. By athlete_alias_merge. Locks: the row.
DELETE FROM athlete_alias WHERE organisation_id = $1 AND merge_id = $2
