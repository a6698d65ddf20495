-- Before a merge: one row for each of $2 and $3 that is known; whose record it is part of (NULL: its own),
-- and how many have been merged into it. By athlete_key, athlete_alias_key and athlete_alias_survivor.
-- Locks: none.
SELECT athlete.athlete_id, alias.survivor_id, alias.merge_id, athlete.erased_at IS NOT NULL AS erased,
	(SELECT count(*) FROM athlete_alias AS taken
		WHERE taken.organisation_id = $1 AND taken.survivor_id = athlete.athlete_id) AS taken,
	athlete.birth_date
FROM unnest(ARRAY[$2::uuid, $3::uuid]) WITH ORDINALITY AS asked (athlete_id, position)
JOIN athlete ON athlete.organisation_id = $1 AND athlete.athlete_id = asked.athlete_id
LEFT JOIN athlete_alias AS alias ON alias.organisation_id = $1 AND alias.athlete_id = asked.athlete_id
ORDER BY position
