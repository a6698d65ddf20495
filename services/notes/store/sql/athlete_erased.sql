-- Athlete $2 was erased at $3. By athlete_key. Locks: the row.
UPDATE athlete SET erased_at = $3, birth_date = NULL WHERE organisation_id = $1 AND athlete_id = $2
