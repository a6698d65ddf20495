-- Whether the athlete is known: one row with the id that new rows are written under (the survivor's, of a
-- merged one), or none. By athlete_key and athlete_alias_key. Locks: none.
SELECT coalesce(alias.survivor_id, athlete.athlete_id) AS athlete_id
FROM athlete
LEFT JOIN athlete_alias AS alias ON alias.organisation_id = $1 AND alias.athlete_id = $2
WHERE athlete.organisation_id = $1 AND athlete.athlete_id = $2
