-- What is left of athletes $2, erased at $3: a tombstone with the names $4 and $5. Behind merge_lock.
-- By athlete_key. Locks: the rows.
UPDATE athlete SET given_name = $4, family_name = $5, birth_date = NULL, sport = '', guardian_name = '',
	erased_at = $3
FROM unnest($2::uuid[]) AS asked (id)
WHERE athlete.organisation_id = $1 AND athlete.athlete_id = asked.id AND athlete.erased_at IS NULL
