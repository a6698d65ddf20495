-- The treatments of athlete $2 since $3.
-- By treatment_by_athlete. Locks: none.
SELECT athlete_id, area, side, treated_at, note_id, clinic_id
FROM treatment
WHERE organisation_id = $1 AND athlete_id = $2 AND treated_at >= $3
