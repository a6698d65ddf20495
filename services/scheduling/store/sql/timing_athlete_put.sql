-- What staff set for an athlete (NULL: as the organisation has it); athlete_timing_key.
INSERT INTO athlete_timing (organisation_id, athlete_id, warn_hours, competition_hours, reason)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organisation_id, athlete_id) DO UPDATE SET warn_hours = excluded.warn_hours,
	competition_hours = excluded.competition_hours, reason = excluded.reason
