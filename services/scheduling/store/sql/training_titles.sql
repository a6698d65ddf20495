-- lane: bulk
-- What the words decide: the different titles of an organisation's sessions from $2 on, with the kind
-- that they have now. By the organisation's part of training_session_key.
SELECT title, kind, uncertain, count(*) AS sessions FROM training_session
WHERE organisation_id = $1 AND starts_at >= $2 AND NOT corrected AND NOT given
GROUP BY title, kind, uncertain ORDER BY title LIMIT 50000
