-- An athlete that directory has registered; twice is once. By athlete_key. Locks: the new row.
INSERT INTO athlete (organisation_id, athlete_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
