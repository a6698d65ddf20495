-- Texts from the person who has id $2 behind text $4 of instant $3, in the order of time, at most $5.
-- Index: inbound_text_athlete. Locks: none.
SELECT t.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT inbound_id, i.athlete_id, channel, text, received_at, understood_as, reply_text
	FROM inbound_text i
	WHERE i.organisation_id = $1 AND i.athlete_id = person.athlete_id
		AND received_at >= $3::timestamptz AND (received_at, inbound_id) > ($3::timestamptz, $4::uuid)
	ORDER BY received_at, inbound_id
	LIMIT $5::int
) t
ORDER BY received_at, inbound_id
LIMIT $5::int
