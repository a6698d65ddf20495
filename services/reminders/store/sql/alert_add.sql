-- Alert $2 of organisation $1: athlete $3, clinic $4, reason $5, raised at $6.
-- Locks: none beyond the new row.
INSERT INTO alert (organisation_id, alert_id, athlete_id, clinic_id, reason, raised_at)
VALUES ($1, $2, $3, $4, $5, $6)
