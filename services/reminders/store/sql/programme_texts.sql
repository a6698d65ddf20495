-- The words that are that programme's own (programme_find).
-- Index: programme_key, programme_text_key. Locks: none.
SELECT step, language, words
FROM programme_text
WHERE organisation_id = $1 AND version = programme_version($1, $2, $3)
ORDER BY step, language
