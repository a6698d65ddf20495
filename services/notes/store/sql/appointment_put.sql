-- An appointment as scheduling last told of it; $9: what it told is a booking or a move to another clinic or
-- practitioner, and $8 whose own word that is (NULL: nobody's who is bound); else it stays. By appointment_key. Locks: the appointment's row.
INSERT INTO appointment AS known
	(organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, state, ends_at,
	own_word_of)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organisation_id, appointment_id) DO UPDATE
SET athlete_id = excluded.athlete_id, practitioner_id = excluded.practitioner_id,
	clinic_id = excluded.clinic_id, state = excluded.state, ends_at = excluded.ends_at,
	own_word_of = CASE WHEN $9::boolean THEN excluded.own_word_of ELSE known.own_word_of END
WHERE known.organisation_id = $1
