-- Whether the organisation has the practitioner $2, clinic $3 or room $4; two of them are NULL.
-- practitioner_key, clinic_key, room_key.
SELECT EXISTS (SELECT FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $2)
	OR EXISTS (SELECT FROM clinic WHERE organisation_id = $1 AND clinic_id = $3)
	OR EXISTS (SELECT FROM room WHERE organisation_id = $1 AND room_id = $4) AS known
