-- Version $2 of the programme of organisation $1, from $3 on; made at $4 by $5, remark $6; window $7 to $8,
-- bundles within $9 minutes, at most $10 a day, language $11, clinical words allowed $12. Fails by
-- programme_key when somebody else has made that version.
-- Index: programme_key. Locks: none beyond the new row.
INSERT INTO programme (organisation_id, version, effective_at, made_at, made_by, remark, opens_minute,
	closes_minute, bundle_minutes, daily_cap, language, clinical_words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
