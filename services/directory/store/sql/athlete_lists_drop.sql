-- Contact points and identifiers of athlete $2, before the new ones are inserted. Behind athlete_update.
-- By contact_point_key and athlete_identifier_by_athlete. Locks: the rows.
WITH points AS (
	DELETE FROM contact_point WHERE organisation_id = $1 AND athlete_id = $2
)
DELETE FROM athlete_identifier WHERE organisation_id = $1 AND athlete_id = $2
