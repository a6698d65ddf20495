-- Before a screening of athlete $2 for appointment $3 is kept: one row.
-- By athlete_key, appointment_key, screening_newest. Locks: none.
SELECT
	EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $2) AS athlete_known,
	(SELECT athlete_id FROM appointment WHERE organisation_id = $1 AND appointment_id = $3)
		AS appointment_athlete_id,
	(SELECT array_to_string(items, ' ') FROM screening
		WHERE organisation_id = $1 AND visit_id = $3 AND by_staff
		ORDER BY recorded_at DESC, screening_id DESC LIMIT 1) AS staff_items
