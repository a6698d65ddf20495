-- The reviews of the organisation ($2: open ones alone), newest first, at most $3. Each half has its
-- own index, and only the half that was asked for runs.
-- By review_open or review_newest, backwards. Locks: none.
(
	SELECT review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
	FROM review
	WHERE organisation_id = $1 AND $2::boolean AND answered_at IS NULL
	ORDER BY raised_at DESC, review_id DESC
	LIMIT $3::int
) UNION ALL (
	SELECT review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
	FROM review
	WHERE organisation_id = $1 AND NOT $2::boolean
	ORDER BY raised_at DESC, review_id DESC
	LIMIT $3::int
)
