-- lane: bulk
-- The chain of the organisation behind number $2, $3 at most, each with its row of the trail, whose
-- columns are NULL when it is gone. Index: audit_seal_key, audit_key. Locks: none.
SELECT seal.number, seal.hash, audit.id, audit.at, audit.actor, audit.actor_id, audit.through,
	audit.method, audit.clinic_id, audit.athlete_id, audit.record_id, audit.reason, audit.traceparent
FROM (
	SELECT number, hash, audit_at, audit_id
	FROM audit_seal
	WHERE organisation_id = $1 AND number > $2::bigint
	ORDER BY number
	LIMIT $3::int
) AS seal
LEFT JOIN audit ON audit.organisation_id = $1 AND audit.at = seal.audit_at
	AND audit.id = seal.audit_id
ORDER BY seal.number
