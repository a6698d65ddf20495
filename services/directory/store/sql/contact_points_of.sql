-- Of several athletes, by contact_point_key.
SELECT athlete_id, channel, value FROM contact_point
WHERE organisation_id = $1 AND athlete_id = ANY ($2::uuid[]) ORDER BY athlete_id, position
