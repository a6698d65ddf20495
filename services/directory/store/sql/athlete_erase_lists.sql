-- Contact points and identifiers of athletes $2 go, the names of who granted for them, and the words of their
-- merges, which may name them.
-- By contact_point_key, athlete_identifier_by_athlete, consent_by_athlete and athlete_merge_key. Locks: the rows.
WITH asked AS MATERIALIZED (
	SELECT id FROM unnest($2::uuid[]) AS given (id)
), points AS (
	DELETE FROM contact_point USING asked
	WHERE contact_point.organisation_id = $1 AND contact_point.athlete_id = asked.id
), identifiers AS (
	DELETE FROM athlete_identifier USING asked
	WHERE athlete_identifier.organisation_id = $1 AND athlete_identifier.athlete_id = asked.id
), guardians AS (
	UPDATE consent SET guardian_name = '' FROM asked
	WHERE consent.organisation_id = $1 AND consent.athlete_id = asked.id AND consent.guardian_name <> ''
)
UPDATE athlete_merge SET reason = '', unmerge_reason = ''
FROM asked
WHERE athlete_merge.organisation_id = $1
	AND (athlete_merge.survivor_id = asked.id OR athlete_merge.merged_id = asked.id)
