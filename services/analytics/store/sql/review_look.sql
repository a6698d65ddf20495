-- Review $2 before it is answered: one row or none. By review_key.
-- Locks: none.
SELECT
	review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
FROM review
WHERE organisation_id = $1 AND review_id = $2
