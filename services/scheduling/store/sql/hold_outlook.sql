-- tenants: every
-- Who holds something, and when the first of it ends; by appointment_held, which is small.
SELECT organisation_id, min(hold_expires_at) AS expires_at FROM appointment
WHERE state = 'held' GROUP BY organisation_id
