-- The reviews of athlete $2, newest first. By review_by_athlete, backwards. Locks: none.
SELECT review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
FROM review
WHERE organisation_id = $1 AND athlete_id = $2 AND NOT ($3::boolean AND answered_at IS NOT NULL)
ORDER BY raised_at DESC, review_id DESC
LIMIT $4::int
