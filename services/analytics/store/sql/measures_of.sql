-- The values of areas of athlete $2 that were taken since $3, the newest 10,000. A value is not told
-- before it is taken, but for clocks that differ a little: older partitions are left out.
-- By measure_by_athlete, backwards, in each partition since. Locks: none.
SELECT athlete_id, area, side, taken_at, note_id, instrument, moment, value
FROM measure
WHERE organisation_id = $1 AND athlete_id = $2 AND taken_at >= $3 AND area <> ''
	AND told_at >= $3::timestamptz - interval '1 day'
ORDER BY taken_at DESC
LIMIT 10000
