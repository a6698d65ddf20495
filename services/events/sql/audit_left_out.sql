-- lane: bulk
-- The oldest row of the trail before $2 that has no seal: one row or none. Reads the organisation's whole
-- trail beside its seals. Index: audit_key, audit_seal_row. Locks: none.
SELECT id, at, actor, actor_id, through, method, clinic_id, athlete_id, record_id, reason, traceparent
FROM audit
WHERE organisation_id = $1 AND at < $2::timestamptz AND NOT EXISTS (
	SELECT FROM audit_seal
	WHERE audit_seal.organisation_id = $1 AND audit_at = audit.at AND audit_id = audit.id
)
ORDER BY at, id
LIMIT 1
