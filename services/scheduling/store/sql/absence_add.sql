-- One absence; its rows are never changed. absence_key.
INSERT INTO absence (organisation_id, absence_id, practitioner_id, clinic_id, room_id, kind, title,
	starts_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
