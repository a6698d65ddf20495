-- O5: the open reviews of athlete $2, oldest first. By upstream_review_key. Locks: none.
SELECT review_id, area, side, advice, raised_at
FROM upstream_review
WHERE organisation_id = $1 AND athlete_id = $2 AND answered_at IS NULL
ORDER BY raised_at, review_id
