-- What note $2 of athlete $3 said holds no longer: it was amended.
-- By visit_key, treatment_key and measure_by_athlete. Locks: the rows.
WITH visits AS (
	DELETE FROM visit WHERE organisation_id = $1 AND note_id = $2
), treatments AS (
	DELETE FROM treatment WHERE organisation_id = $1 AND note_id = $2
)
DELETE FROM measure WHERE organisation_id = $1 AND athlete_id = $3 AND note_id = $2
