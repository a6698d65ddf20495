-- A review as analytics raised or answered it ($8 NULL: open); an answer is kept. By
-- open_review_key.
INSERT INTO open_review (organisation_id, athlete_id, review_id, area, side, advice, raised_at,
	answered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organisation_id, athlete_id, review_id) DO UPDATE
SET area = excluded.area, side = excluded.side, advice = excluded.advice,
	raised_at = excluded.raised_at,
	answered_at = coalesce(excluded.answered_at, open_review.answered_at)
