-- tenants: every
-- Organisations with handovers of which somebody has to look what became: the earliest.
-- Index: handover_watch. Locks: none.
WITH RECURSIVE watched AS (
	(SELECT organisation_id, watch_at FROM handover WHERE watch_at IS NOT NULL
	ORDER BY organisation_id, watch_at LIMIT 1)
	UNION ALL
	SELECT next.organisation_id, next.watch_at FROM watched w
	CROSS JOIN LATERAL (
		SELECT organisation_id, watch_at FROM handover
		WHERE watch_at IS NOT NULL AND organisation_id > w.organisation_id
		ORDER BY organisation_id, watch_at LIMIT 1
	) AS next
)
SELECT organisation_id, watch_at FROM watched ORDER BY watch_at
