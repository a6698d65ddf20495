-- R3: an adverse event. Locks: the new row; shares the note's by the foreign key.
INSERT INTO adverse_event (organisation_id, adverse_event_id, note_id, athlete_id, practitioner_id,
	clinic_id, kind, grade, muscle, text, treated_at, occurred_at, recorded_at, recorded_by,
	medical_care, interfered_with_activities, admission, lasting_disability, death)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
