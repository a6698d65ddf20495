-- A signed note, once. By visit_key. Locks: the new row.
INSERT INTO visit (organisation_id, note_id, athlete_id, clinic_id, practitioner_id, treated_at,
	needled, drivers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
