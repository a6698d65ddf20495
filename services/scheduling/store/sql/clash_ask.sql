-- The coming visits of an athlete are to be graded again, from $3 on; timing_recheck_key.
INSERT INTO timing_recheck AS old (organisation_id, athlete_id, due_at) VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET asked = old.asked + 1, due_at = excluded.due_at, last = false
