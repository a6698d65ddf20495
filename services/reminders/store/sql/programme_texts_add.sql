-- Texts of version $2 of the programme of organisation $1: steps $3, languages $4, words $5.
-- Index: programme_text_key. Locks: none beyond the new rows.
INSERT INTO programme_text (organisation_id, version, step, language, words)
SELECT $1, $2, step, language, words
FROM unnest($3::text[], $4::text[], $5::text[]) AS of (step, language, words)
