-- Values of the person who has id $2 behind measure $4 of instant $3, in the order in which they were taken,
-- at most $5. By measure_by_athlete, in each partition. Locks: none.
SELECT fact.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	SELECT measure_id, measure.athlete_id, note_id, source, instrument, scoring_version, area, side,
		moment, value, taken_at
	FROM measure
	WHERE organisation_id = $1 AND measure.athlete_id = person.athlete_id
		AND taken_at >= $3::timestamptz AND (taken_at, measure_id) > ($3::timestamptz, $4::uuid)
	ORDER BY taken_at, measure_id
	LIMIT $5::int
) AS fact
ORDER BY taken_at, measure_id
LIMIT $5::int
