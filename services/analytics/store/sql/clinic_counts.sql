-- lane: bulk
-- Clinic $2 from $3 until $4: whether it is known, treatments, persons, open reviews; one row.
-- By clinic_key, visit_by_clinic, athlete_alias_key, review_one_open. Locks: none.
SELECT
	EXISTS (SELECT FROM clinic WHERE organisation_id = $1 AND clinic_id = $2) AS known,
	count(*) AS treatments,
	count(DISTINCT coalesce(alias.survivor_id, visit.athlete_id)) AS athletes,
	(SELECT count(*) FROM review
		WHERE organisation_id = $1 AND clinic_id = $2 AND answered_at IS NULL) AS open_reviews
FROM visit
LEFT JOIN athlete_alias AS alias ON alias.organisation_id = $1 AND alias.athlete_id = visit.athlete_id
WHERE visit.organisation_id = $1 AND visit.clinic_id = $2 AND treated_at >= $3 AND treated_at < $4 AND needled
