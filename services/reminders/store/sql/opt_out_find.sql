-- Whether address $2 of organisation $1 has opted out; no row when it never said anything.
-- Index: opt_out_pkey. Locks: none.
SELECT opted_out FROM opt_out WHERE organisation_id = $1 AND address = $2
