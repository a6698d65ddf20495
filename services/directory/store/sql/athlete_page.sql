-- Athletes after $2, by athlete_key; without tombstones, and without those who are merged into others
-- (athlete_alias_key).
SELECT athlete_id, given_name, family_name, birth_date, zone, home_clinic_id, sport, guardian_name, language,
	revision
FROM athlete
WHERE organisation_id = $1 AND athlete_id > $2::uuid AND erased_at IS NULL
	AND NOT EXISTS (SELECT FROM athlete_alias AS alias
		WHERE alias.organisation_id = $1 AND alias.athlete_id = athlete.athlete_id)
ORDER BY athlete_id LIMIT $3
