-- Leases up to $3 open times that are due at $2 to lease $4, for $5 microseconds of the server's own
-- clock, the soonest visits first. freed_slot_due; locks them, and skips those that another claims.
WITH due AS MATERIALIZED (
	SELECT slot_id, version FROM freed_slot
	WHERE organisation_id = $1 AND state = 'open' AND look_at <= $2
		AND (lease_until IS NULL OR lease_until <= clock_timestamp())
	ORDER BY look_at, starts_at, slot_id LIMIT $3 FOR UPDATE SKIP LOCKED
), leased AS (
	UPDATE freed_slot f
	SET lease_id = $4, lease_until = clock_timestamp() + $5::bigint * interval '1 microsecond'
	FROM due
	WHERE f.organisation_id = $1 AND f.slot_id = due.slot_id AND f.version = due.version
	RETURNING f.slot_id, f.version, f.practitioner_id, f.clinic_id, f.service_id, f.starts_at, f.ends_at
)
SELECT * FROM leased ORDER BY starts_at, slot_id, version
