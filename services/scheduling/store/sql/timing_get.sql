-- Whether the athlete is known, the windows as book_look_one has them, why staff set them, and what
-- was learned.
-- athlete_key, timing_default_key, athlete_timing_key.
SELECT a.athlete_id IS NOT NULL AS athlete_known,
	concat_ws(' ', coalesce(d.warn_hours, -1), coalesce(d.competition_hours, -1),
		coalesce(d.after_block_hours, -1), coalesce(d.early_days, -1),
		coalesce(u.warn_hours, -1), coalesce(u.competition_hours, -1),
		coalesce(u.settling_hours, -1), coalesce(u.check_ins, -1)) AS timing_windows,
	u.reason, u.settling_hours
FROM (SELECT 1) AS always
LEFT JOIN athlete a ON a.organisation_id = $1 AND a.athlete_id = $2
LEFT JOIN timing_default d ON d.organisation_id = $1
LEFT JOIN athlete_timing u ON u.organisation_id = $1 AND u.athlete_id = $2
