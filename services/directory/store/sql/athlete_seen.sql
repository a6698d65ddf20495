-- What is to be known before an athlete is registered ($7 NULL) or athlete $7 is changed, in one row: whether
-- the command's key was used, who has one of the identifiers ($3, $4; the survivor, of merged ones), which of
-- them are another record's, and which contact points ($5, $6) are another person's. idempotency_key,
-- athlete_identifier_key, athlete_alias_key, athlete_alias_survivor, contact_point_normal.
SELECT
	EXISTS (SELECT FROM idempotency WHERE organisation_id = $1 AND key = $2) AS key_known,
	(SELECT array_to_string(array_agg(DISTINCT coalesce(alias.survivor_id, known.athlete_id)), ' ')
		FROM unnest($3::text[], $4::text[]) AS asked (system, value)
		JOIN athlete_identifier known USING (system, value)
		LEFT JOIN athlete_alias alias ON alias.organisation_id = $1
			AND alias.athlete_id = known.athlete_id
		WHERE known.organisation_id = $1) AS known,
	(SELECT array_to_string(array_agg(asked.position ORDER BY asked.position), ' ')
		FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS asked (system, value, position)
		JOIN athlete_identifier other USING (system, value)
		WHERE other.organisation_id = $1 AND other.athlete_id IS DISTINCT FROM $7::uuid) AS taken,
	(SELECT array_to_string(array_agg(DISTINCT asked.position), ' ')
		FROM unnest($5::text[], $6::text[]) WITH ORDINALITY AS asked (channel, normal, position)
		JOIN contact_point other USING (channel, normal)
		WHERE other.organisation_id = $1 AND NOT EXISTS (
			SELECT FROM person_ids($1, $7) AS own WHERE own.athlete_id = other.athlete_id)) AS shared
