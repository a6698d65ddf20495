-- tenants: every
-- Organisations with planned messages: the earliest due. One probe of the index for each organisation
-- and priority, however many messages wait.
-- Index: message_waiting. Locks: none.
WITH RECURSIVE waiting AS (
	(SELECT organisation_id FROM message WHERE state = 'planned' ORDER BY organisation_id LIMIT 1)
	UNION ALL
	SELECT (
		SELECT m.organisation_id FROM message m
		WHERE m.state = 'planned' AND m.organisation_id > w.organisation_id
		ORDER BY m.organisation_id LIMIT 1
	)
	FROM waiting w
	WHERE w.organisation_id IS NOT NULL
)
SELECT w.organisation_id, min(first.due_at) AS due_at
FROM waiting w
CROSS JOIN generate_series(0, 3) AS level (priority)
CROSS JOIN LATERAL (
	SELECT m.due_at FROM message m
	WHERE m.organisation_id = w.organisation_id AND m.state = 'planned' AND m.priority = level.priority
	ORDER BY m.due_at LIMIT 1
) AS first
WHERE w.organisation_id IS NOT NULL
GROUP BY w.organisation_id
ORDER BY due_at
