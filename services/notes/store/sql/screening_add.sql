-- A screening, judged. Locks: the new row.
INSERT INTO screening (organisation_id, screening_id, visit_id, athlete_id, items, outcome,
	recorded_at, recorded_by, by_staff, open_items, language)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
