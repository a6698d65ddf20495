-- O5: the open reviews of the person who has id $2, oldest first. By upstream_review_key. Locks: none.
SELECT review_id, area, side, advice, raised_at
FROM person_ids($1, $2) AS person
JOIN upstream_review AS review ON review.organisation_id = $1 AND review.athlete_id = person.athlete_id
WHERE answered_at IS NULL
ORDER BY raised_at, review_id
