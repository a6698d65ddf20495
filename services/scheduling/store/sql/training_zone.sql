-- The athlete's zone, no row for an athlete of nobody; athlete_key.
SELECT zone FROM athlete WHERE organisation_id = $1 AND athlete_id = $2
