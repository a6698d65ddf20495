-- tenants: every
-- Rows of the trail behind position ($1, $2) that no other can come before any more, $3 at most, each
-- with the end of its organisation's chain. Index: audit_order, one range of it for each partition,
-- merged; audit_seal_key. Locks: none.
SELECT page.*, head.number AS head_number, head.hash AS head_hash
FROM (
	SELECT xid, id, organisation_id, at, actor, actor_id, through, method, clinic_id, athlete_id, record_id,
		reason, traceparent
	FROM audit
	WHERE (xid, id) > ($1::xid8, $2::bigint)
		AND xid < outbox_position(pg_snapshot_xmin(pg_current_snapshot()))
	ORDER BY xid, id
	LIMIT $3::int
) AS page
LEFT JOIN LATERAL (
	SELECT number, hash
	FROM audit_seal
	WHERE audit_seal.organisation_id = page.organisation_id
	ORDER BY number DESC
	LIMIT 1
) AS head ON true
ORDER BY page.xid, page.id
