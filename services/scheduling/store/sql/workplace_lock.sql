-- First of a replacement of hours: locks the workplace's row, so that two of them do not mix.
INSERT INTO workplace (organisation_id, practitioner_id, clinic_id, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, practitioner_id, clinic_id) DO UPDATE
SET changed_at = excluded.changed_at
