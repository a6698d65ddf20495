-- As contact_points_of, of all records of the person who has id $2. By contact_point_key.
SELECT point.athlete_id, channel, value
FROM person_ids($1, $2) AS person
JOIN contact_point AS point ON point.organisation_id = $1 AND point.athlete_id = person.athlete_id
ORDER BY point.athlete_id, position
