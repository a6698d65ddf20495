-- Appointment $2 of organisation $1 is confirmed for the time $3, at $4 by $5. The first word on a time stays; a
-- new time takes its place. visit_confirmation_key; locks the row.
INSERT INTO visit_confirmation (organisation_id, appointment_id, starts_at, confirmed_at, confirmed_by)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE
SET starts_at = excluded.starts_at, confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by
WHERE visit_confirmation.starts_at <> excluded.starts_at
