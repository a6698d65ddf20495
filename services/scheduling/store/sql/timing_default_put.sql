-- The windows of an organisation; timing_default_key.
INSERT INTO timing_default (organisation_id, warn_hours, competition_hours, after_block_hours,
	early_days)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organisation_id) DO UPDATE SET warn_hours = excluded.warn_hours,
	competition_hours = excluded.competition_hours,
	after_block_hours = excluded.after_block_hours, early_days = excluded.early_days
