-- lane: bulk
-- Of the next $5 rows of the trail behind ($3, $4) and before $2: the last one's place, and the oldest that
-- has no seal, whose columns are NULL when there is none. One row, or none where the trail ends.
-- Index: audit_key, audit_seal_row. Locks: none.
WITH page AS MATERIALIZED (
	SELECT at, id
	FROM audit
	WHERE organisation_id = $1 AND at < $2::timestamptz
		AND (at, id) > ($3::timestamptz, $4::bigint)
	ORDER BY at, id
	LIMIT $5::int
)
SELECT last.at AS last_at, last.id AS last_id, audit.id, audit.at, actor, actor_id, through, method,
	clinic_id, athlete_id, record_id, reason, traceparent
FROM (SELECT at, id FROM page ORDER BY at DESC, id DESC LIMIT 1) AS last
LEFT JOIN (
	SELECT at, id
	FROM page
	WHERE NOT EXISTS (
		SELECT FROM audit_seal
		WHERE audit_seal.organisation_id = $1 AND audit_at = page.at AND audit_id = page.id
	)
	ORDER BY at, id
	LIMIT 1
) AS oldest ON true
LEFT JOIN audit ON audit.organisation_id = $1 AND audit.at = oldest.at AND audit.id = oldest.id
