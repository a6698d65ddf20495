-- Whose visit appointment $2 is, and when it ends: one row or none. By appointment_key. Locks: none.
SELECT athlete_id, state, ends_at FROM appointment WHERE organisation_id = $1 AND appointment_id = $2
