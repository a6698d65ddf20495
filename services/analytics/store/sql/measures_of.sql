-- The values of areas of the person who has id $2 that were taken since $3, the newest 10,000, all told as
-- of $2. A value is not told before it is taken, but for clocks that differ a little: older partitions are
-- left out. By measure_by_athlete, backwards, in each partition since. Locks: none.
SELECT $2::uuid AS athlete_id, fact.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT area, side, taken_at, note_id, instrument, moment, value
	FROM measure
	WHERE organisation_id = $1 AND measure.athlete_id = person.athlete_id AND taken_at >= $3
		AND area <> '' AND told_at >= $3::timestamptz - interval '1 day'
	ORDER BY taken_at DESC
	LIMIT 10000
) AS fact
ORDER BY taken_at DESC
LIMIT 10000
