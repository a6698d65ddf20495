-- What the person who has id $2 told in check-ins since $3: soreness, worst of the areas, and readiness of the same
-- moment (NULL: not told). By measure_by_athlete in each partition since: a value is not told before
-- it is taken, but for clocks that differ a little. Locks: none.
SELECT taken_at, max(value) FILTER (WHERE instrument = 'soreness') AS soreness,
	min(value) FILTER (WHERE instrument = 'readiness') AS readiness
FROM person_ids($1, $2) AS person
JOIN measure ON measure.organisation_id = $1 AND measure.athlete_id = person.athlete_id
WHERE taken_at >= $3
	AND told_at >= $3::timestamptz - interval '1 day' AND source = 'check_in'
	AND instrument IN ('soreness', 'readiness')
GROUP BY taken_at HAVING count(*) FILTER (WHERE instrument = 'soreness') > 0
ORDER BY taken_at DESC LIMIT 1000
