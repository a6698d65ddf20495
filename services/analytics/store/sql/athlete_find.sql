-- Whether the athlete is known: one row or none. By athlete_key. Locks: none.
SELECT athlete_id FROM athlete WHERE organisation_id = $1 AND athlete_id = $2
