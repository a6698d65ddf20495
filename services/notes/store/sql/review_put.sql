-- O5: a review as analytics tells of it; $8 is NULL while it is open, and answered stays answered.
-- By upstream_review_key. Locks: the review's row.
INSERT INTO upstream_review AS known
	(organisation_id, athlete_id, review_id, area, side, advice, raised_at, answered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organisation_id, athlete_id, review_id) DO UPDATE
SET answered_at = coalesce(known.answered_at, excluded.answered_at)
WHERE known.organisation_id = $1
