-- The reviews of the organisation ($2: open ones alone), newest first, at most $3.
-- By review_newest, backwards. Locks: none.
SELECT review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
FROM review
WHERE organisation_id = $1 AND NOT ($2::boolean AND answered_at IS NOT NULL)
ORDER BY raised_at DESC, review_id DESC
LIMIT $3::int
