-- Task $2 of organisation $1 for staff: athlete $3, kind $4, text $5, made at $6; twice is once.
-- Index: task_pkey. Locks: none beyond the new row.
INSERT INTO task (organisation_id, task_id, athlete_id, kind, text, made_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING
