-- Review $2 before it is answered under key $3: one row or none. By review_key, idempotency_key.
-- Locks: none.
SELECT
	EXISTS (SELECT FROM idempotency WHERE organisation_id = $1 AND key = $3) AS key_known,
	review_id, athlete_id, clinic_id, area, side, visits, raised_at, advice, answer, answered_at
FROM review
WHERE organisation_id = $1 AND review_id = $2
