-- As identifiers_of, of all records of the person who has id $2. By athlete_identifier_by_athlete.
SELECT identifier.athlete_id, system, value
FROM person_ids($1, $2) AS person
JOIN athlete_identifier AS identifier ON identifier.organisation_id = $1
	AND identifier.athlete_id = person.athlete_id
ORDER BY identifier.athlete_id, position
