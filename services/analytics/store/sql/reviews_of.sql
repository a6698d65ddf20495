-- The reviews of the person who has id $2, newest first. By review_by_athlete, backwards. Locks: none.
SELECT review_id, review.athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
FROM person_ids($1, $2) AS person
JOIN review ON review.organisation_id = $1 AND review.athlete_id = person.athlete_id
WHERE NOT ($3::boolean AND answered_at IS NOT NULL)
ORDER BY raised_at DESC, review_id DESC
LIMIT $4::int
