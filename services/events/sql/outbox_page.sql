-- tenants: every
-- Events behind a position, in order, below the snapshot's horizon: every transaction that could
-- still add an event before these has ended, so none appears behind a reader that has passed.
-- At least one event when there is one, then as many as fit into $4 bytes of payload.
-- `found` is how many rows the bytes were chosen from: fewer than the limit $3 means the end.
-- $1, $2 position (xid, id), $3 limit, $4 bytes
-- Index: outbox_order, one range of it for each partition, merged. Locks: none.
SELECT xid, id, organisation_id, clinic_id, subject_id, type, occurred_at, traceparent, payload, found
FROM (
	SELECT page.*, count(*) OVER () AS found,
		sum(octet_length(payload) + 256) OVER (ORDER BY xid, id ROWS UNBOUNDED PRECEDING)
			- octet_length(payload) - 256 AS bytes_before
	FROM (
		SELECT xid, id, organisation_id, clinic_id, subject_id, type, occurred_at, traceparent, payload
		FROM outbox
		WHERE (xid, id) > ($1::xid8, $2::bigint)
			AND xid < outbox_position(pg_snapshot_xmin(pg_current_snapshot()))
		ORDER BY xid, id
		LIMIT $3::int
	) AS page
) AS sized
WHERE bytes_before < $4::bigint
ORDER BY xid, id
