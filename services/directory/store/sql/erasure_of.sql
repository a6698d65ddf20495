-- How the person who has id $2 was erased: a row for each record, the survivor's first.
-- By athlete_erasure_key and athlete_alias_key. Locks: none.
SELECT erasure.athlete_id, erased_at, erased_by, erasure.reason, request_reference,
	minor_kept_until - date '1970-01-01' AS minor_day
FROM person_ids($1, $2) WITH ORDINALITY AS person (athlete_id, position)
JOIN athlete_erasure AS erasure ON erasure.organisation_id = $1
	AND erasure.athlete_id = person.athlete_id
ORDER BY position
