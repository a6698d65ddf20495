-- lane: bulk
-- Every treatment, wherever, from $3 until $5 of the persons whom clinic $2 treated from $3 until $4, under
-- whichever of their ids, told as of the survivor's; at most $6. By visit_by_clinic, athlete_alias_key and
-- athlete_alias_survivor, then treatment_by_athlete. Locks: none.
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
SELECT id.person_id AS athlete_id, area, side, treated_at, note_id, clinic_id
FROM id
JOIN treatment ON treatment.organisation_id = $1 AND treatment.athlete_id = id.athlete_id
WHERE treated_at >= $3 AND treated_at < $5
LIMIT $6::int
