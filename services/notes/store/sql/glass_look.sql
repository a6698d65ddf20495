-- Before practitioner $3 opens the record of athlete $2 at $4: one row, or none when the athlete is not
-- known. By athlete_key and what access_of names. Locks: none.
SELECT home_clinic_id,
	EXISTS (SELECT FROM access_of($1, $3::uuid, athlete.athlete_id, $4::timestamptz)) AS may_read
FROM athlete
WHERE organisation_id = $1 AND athlete_id = $2
