-- lane: bulk
-- The values of areas taken from $3 until $5 of the persons whom clinic $2 treated from $3 until $4, as in
-- clinic_treatments; at most $6. By visit_by_clinic, athlete_alias_key and athlete_alias_survivor, then
-- measure_by_athlete in each partition since $3 (see measures_of). Locks: none.
WITH person AS (
	SELECT DISTINCT coalesce(alias.survivor_id, visit.athlete_id) AS person_id
	FROM visit
	LEFT JOIN athlete_alias AS alias ON alias.organisation_id = $1
		AND alias.athlete_id = visit.athlete_id
	WHERE visit.organisation_id = $1 AND visit.clinic_id = $2 AND treated_at >= $3 AND treated_at < $4
), id AS (
	SELECT person_id, person_id AS athlete_id FROM person
	UNION ALL
	SELECT person_id, alias.athlete_id FROM person
	JOIN athlete_alias AS alias ON alias.organisation_id = $1 AND alias.survivor_id = person_id
)
SELECT id.person_id AS athlete_id, area, side, taken_at, note_id, instrument, moment, value
FROM id
JOIN measure ON measure.organisation_id = $1 AND measure.athlete_id = id.athlete_id
WHERE taken_at >= $3 AND taken_at < $5 AND area <> ''
	AND told_at >= $3::timestamptz - interval '1 day'
LIMIT $6::int
