-- What is to be known before an athlete is registered, in one row: whether the command's key was
-- used, who has one of the identifiers ($3, $4; the survivor, of merged ones), and which contact points
-- ($5, $6) others have. idempotency_key, athlete_identifier_key, athlete_alias_key,
-- contact_point_normal.
SELECT
	EXISTS (SELECT FROM idempotency WHERE organisation_id = $1 AND key = $2) AS key_known,
	(SELECT array_to_string(array_agg(DISTINCT coalesce(alias.survivor_id, known.athlete_id)), ' ')
		FROM unnest($3::text[], $4::text[]) AS asked (system, value)
		JOIN athlete_identifier known USING (system, value)
		LEFT JOIN athlete_alias alias ON alias.organisation_id = $1
			AND alias.athlete_id = known.athlete_id
		WHERE known.organisation_id = $1) AS known,
	(SELECT array_to_string(array_agg(DISTINCT asked.position), ' ')
		FROM unnest($5::text[], $6::text[]) WITH ORDINALITY AS asked (channel, normal, position)
		JOIN contact_point other USING (channel, normal)
		WHERE other.organisation_id = $1) AS shared
