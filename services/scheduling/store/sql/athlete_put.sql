-- An athlete of the directory; by athlete_key.
INSERT INTO athlete (organisation_id, athlete_id, zone) VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE SET zone = excluded.zone
