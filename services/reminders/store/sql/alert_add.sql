-- Alert $2 of organisation $1: athlete $3, clinic $4, reason $5, raised at $6, about practitioner $7 (NULL: nobody).
-- Locks: none beyond the new row.
INSERT INTO alert (organisation_id, alert_id, athlete_id, clinic_id, reason, raised_at, about_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
