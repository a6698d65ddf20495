-- Time $2 in version $3, held by lease $4, comes to state $5, or is looked at again at $6. Nothing, when
-- the lease is another's by now. freed_slot_key; locks it.
UPDATE freed_slot SET state = $5, look_at = $6, lease_id = NULL, lease_until = NULL
WHERE organisation_id = $1 AND slot_id = $2 AND version = $3 AND state = 'open' AND lease_id = $4
