-- Of several athletes, by athlete_identifier_by_athlete.
SELECT athlete_id, system, value FROM athlete_identifier
WHERE organisation_id = $1 AND athlete_id = ANY ($2::uuid[]) ORDER BY athlete_id, position
