-- lane: bulk
-- Every treatment, wherever, from $3 until $5 of the athletes whom clinic $2 treated from $3 until
-- $4; at most $6. By visit_by_clinic, then treatment_by_athlete. Locks: none.
SELECT athlete_id, area, side, treated_at, note_id, clinic_id
FROM treatment
WHERE organisation_id = $1 AND treated_at >= $3 AND treated_at < $5
	AND athlete_id IN (SELECT athlete_id FROM visit
		WHERE organisation_id = $1 AND clinic_id = $2 AND treated_at >= $3 AND treated_at < $4)
LIMIT $6::int
