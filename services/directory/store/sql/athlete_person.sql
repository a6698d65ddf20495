-- The records of the person who has id $2: the survivor's first, then those merged into it, as they were
-- merged; none for an id that is not known. By athlete_alias_key, athlete_alias_survivor, athlete_key and
-- athlete_merge_key. Locks: none.
SELECT athlete.athlete_id, given_name, family_name, birth_date, zone, home_clinic_id, sport,
	guardian_name, language, revision, erased_at, done.merge_id, done.reason, done.merged_at, done.merged_by
FROM person_ids($1, $2) AS person
JOIN athlete ON athlete.organisation_id = $1 AND athlete.athlete_id = person.athlete_id
LEFT JOIN athlete_alias AS alias ON alias.organisation_id = $1
	AND alias.athlete_id = athlete.athlete_id
LEFT JOIN athlete_merge AS done ON done.organisation_id = $1 AND done.merge_id = alias.merge_id
ORDER BY done.merge_id NULLS FIRST
