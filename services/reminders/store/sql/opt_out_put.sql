-- Address $2 of organisation $1 has opted out ($3 true) or in again, at $4. The latest word counts.
-- Index: opt_out_pkey. Locks: the row.
INSERT INTO opt_out (organisation_id, address, opted_out, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, address) DO UPDATE
SET opted_out = excluded.opted_out, changed_at = excluded.changed_at
WHERE opt_out.changed_at <= excluded.changed_at
