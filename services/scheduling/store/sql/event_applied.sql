-- tenants: every
-- Whether the events of source $1 have been applied up to ($2, $3). A short table. Locks nothing.
SELECT true AS applied FROM cursor WHERE source = $1 AND (xid, id) >= ($2::xid8, $3::bigint)
