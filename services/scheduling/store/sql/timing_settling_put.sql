-- T3: what was learned of an athlete; the newest counts. athlete_timing_key.
INSERT INTO athlete_timing AS old (organisation_id, athlete_id, settling_hours, check_ins, settling_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE SET settling_hours = excluded.settling_hours,
	check_ins = excluded.check_ins, settling_at = excluded.settling_at
WHERE old.settling_at IS NULL OR old.settling_at <= excluded.settling_at
