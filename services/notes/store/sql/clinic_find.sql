-- The jurisdiction of clinic $2, and which day it is there at $3: one row or none. By clinic_key.
-- Locks: none.
SELECT jurisdiction, ($3::timestamptz AT TIME ZONE zone)::date - DATE '1970-01-01' AS day
FROM clinic
WHERE organisation_id = $1 AND clinic_id = $2
