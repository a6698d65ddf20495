-- The programme of organisation $1 that holds at $2, or ($3 > 0) version $3; no row: the one that every
-- organisation begins with.
-- Index: programme_key. Locks: none.
SELECT version, effective_at, made_at, made_by, remark, opens_minute, closes_minute, bundle_minutes, daily_cap,
	language, clinical_words
FROM programme
WHERE organisation_id = $1 AND version = programme_version($1, $2, $3)
