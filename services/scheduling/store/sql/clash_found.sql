-- A visit clashes: found now ($5), or still with these reasons. timing_clash_key.
INSERT INTO timing_clash AS old (organisation_id, appointment_id, athlete_id, reasons, found_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE SET reasons = excluded.reasons,
	found_at = CASE WHEN old.cleared_at IS NULL THEN old.found_at ELSE excluded.found_at END,
	cleared_at = NULL
