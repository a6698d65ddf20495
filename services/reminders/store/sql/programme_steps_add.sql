-- Steps $3 of version $2 of the programme of organisation $1: switched off $4, due $5, stale $6.
-- Index: programme_step_key. Locks: none beyond the new rows.
INSERT INTO programme_step (organisation_id, version, step, switched_off, due, stale)
SELECT $1, $2, step, switched_off, due, stale
FROM unnest($3::text[], $4::boolean[], $5::text[], $6::text[]) AS of (step, switched_off, due, stale)
