-- Visit $2 of organisation $1. Index: visit_pkey. Locks: none.
SELECT appointment_id, athlete_id, clinic_id, starts_at, ends_at, booked_at, version, moved
FROM visit
WHERE organisation_id = $1 AND appointment_id = $2
