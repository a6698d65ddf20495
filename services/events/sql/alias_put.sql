-- Athlete $2 is merged into $3 by merge $4; told twice is once. By athlete_alias_key. Locks: the new row.
INSERT INTO athlete_alias (organisation_id, athlete_id, survivor_id, merge_id)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
