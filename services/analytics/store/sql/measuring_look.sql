-- Before a value of athlete $2 is kept under key $3: one row. By athlete_key, idempotency_key.
-- Locks: none.
SELECT
	EXISTS (SELECT FROM idempotency WHERE organisation_id = $1 AND key = $3) AS key_known,
	EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known
