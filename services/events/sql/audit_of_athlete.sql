-- The trail of the person who has id $2, newest first, $3 at most, before instant $4; number and hash are
-- NULL while a row is not sealed. Index: audit_by_athlete, backwards, audit_seal_row. Locks: none.
SELECT seal.number, seal.hash, page.*
FROM (
	SELECT line.*
	FROM person_ids($1, $2) AS person
	CROSS JOIN LATERAL (
		SELECT id, at, actor, actor_id, through, method, clinic_id, athlete_id,
			record_id, reason, traceparent
		FROM audit
		WHERE organisation_id = $1 AND audit.athlete_id = person.athlete_id
			AND at < $4::timestamptz
		ORDER BY at DESC, id DESC
		LIMIT $3::int
	) AS line
	ORDER BY at DESC, id DESC
	LIMIT $3::int
) AS page
LEFT JOIN audit_seal AS seal ON seal.organisation_id = $1 AND seal.audit_at = page.at
	AND seal.audit_id = page.id
ORDER BY page.at DESC, page.id DESC
