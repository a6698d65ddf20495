-- Athlete $2 as it is from now on, behind merge_lock; SL001 when it is not at revision $11 any more, or was
-- merged or erased meanwhile. Fails by athlete_home_clinic when the clinic is not the organisation's.
-- By athlete_key and athlete_alias_key. Locks: the row.
WITH updated AS (
	UPDATE athlete SET given_name = $3, family_name = $4, birth_date = $5, zone = $6, home_clinic_id = $7,
		sport = $8, guardian_name = $9, language = $10, revision = revision + 1
	WHERE organisation_id = $1 AND athlete_id = $2 AND revision = $11 AND erased_at IS NULL
		AND NOT EXISTS (SELECT FROM athlete_alias AS alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = $2)
	RETURNING athlete_id
)
SELECT require(count(*) = 1, 'SL001', 'changed, merged or erased meanwhile') FROM updated
