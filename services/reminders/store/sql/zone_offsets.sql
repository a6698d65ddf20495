-- Offsets from UTC between $4 and $5 in zone $6; when that is not given, where athlete $2 lives (merged: the
-- survivor); else the zone of clinic $3; else UTC.
-- The first row holds from the beginning, each other from the minute at which the clocks change.
-- Index: athlete_alias_key, athlete_pkey, clinic_pkey. Locks: none.
WITH place AS (
	SELECT coalesce(known_zone($6),
		(SELECT athlete.zone FROM (SELECT coalesce((SELECT survivor_id FROM athlete_alias AS alias
				WHERE alias.organisation_id = $1 AND alias.athlete_id = $2), $2) AS id OFFSET 0) AS survivor
			JOIN athlete ON athlete.organisation_id = $1 AND athlete.athlete_id = survivor.id),
		(SELECT zone FROM clinic WHERE organisation_id = $1 AND clinic_id = $3),
		'UTC') AS zone
), day AS (
	SELECT at, extract(epoch FROM (at AT TIME ZONE zone) - (at AT TIME ZONE 'UTC'))::int AS seconds
	FROM place, generate_series(date_trunc('hour', $4::timestamptz, 'UTC'), $5::timestamptz, '24 hours') AS at
), step AS (
	SELECT at, seconds, lag(seconds) OVER (ORDER BY at) AS before FROM day
)
SELECT step.at AS from_at, step.seconds FROM step WHERE step.before IS NULL
UNION ALL
SELECT change.at, step.seconds
FROM step, place, LATERAL (
	SELECT min(at) AS at
	FROM generate_series(step.at - interval '24 hours', step.at, '1 minute') AS at
	WHERE extract(epoch FROM (at AT TIME ZONE place.zone) - (at AT TIME ZONE 'UTC'))::int = step.seconds
) AS change
WHERE step.before <> step.seconds
ORDER BY from_at
