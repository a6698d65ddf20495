-- Open upstream reviews (O5), oldest first, in one row of text: fields parted by unit separators,
-- reviews by record separators. open_review_key.
SELECT string_agg(concat_ws(chr(31), review_id, area, side, advice,
	(date_part('epoch', raised_at) * 1000000)::bigint), chr(30) ORDER BY raised_at, review_id)
	AS reviews
FROM open_review WHERE organisation_id = $1 AND athlete_id = $2 AND answered_at IS NULL
