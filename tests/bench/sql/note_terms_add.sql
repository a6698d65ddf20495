-- What note $2, signed at $3, can be found by: the words of $4, and the terms $5. Locks: the new rows.
INSERT INTO note_term (organisation_id, term, signed_at, note_id)
SELECT $1::uuid, term, $3::timestamptz, $2::uuid
FROM (
	SELECT 'w:' || unnest(words_of($4)) AS term
	UNION
	SELECT unnest($5::text[])
) AS found
ORDER BY term
