-- The treatments of athlete $2 since $3, the newest 2,000.
-- By treatment_by_athlete, backwards. Locks: none.
SELECT athlete_id, area, side, treated_at, note_id, clinic_id
FROM treatment
WHERE organisation_id = $1 AND athlete_id = $2 AND treated_at >= $3
ORDER BY treated_at DESC
LIMIT 2000
