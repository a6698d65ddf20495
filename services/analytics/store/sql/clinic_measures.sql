-- lane: bulk
-- The values of areas taken from $3 until $5 of the athletes whom clinic $2 treated from $3 until
-- $4; at most $6. By visit_by_clinic, then measure_by_athlete in each partition since $3 (see
-- measures_of). Locks: none.
SELECT athlete_id, area, side, taken_at, note_id, instrument, moment, value
FROM measure
WHERE organisation_id = $1 AND taken_at >= $3 AND taken_at < $5 AND area <> ''
	AND told_at >= $3::timestamptz - interval '1 day'
	AND athlete_id IN (SELECT athlete_id FROM visit
		WHERE organisation_id = $1 AND clinic_id = $2 AND treated_at >= $3 AND treated_at < $4)
LIMIT $6::int
