-- A visit no longer clashes, from $3 on. timing_clash_key.
UPDATE timing_clash SET cleared_at = $3
WHERE organisation_id = $1 AND appointment_id = $2 AND cleared_at IS NULL
