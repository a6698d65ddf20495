-- A signed note. A second one of the same encounter fails by note_encounter.
-- Locks: the new row; shares the encounter's and the screening's by their foreign keys.
INSERT INTO note (organisation_id, note_id, encounter_id, appointment_id, athlete_id,
	practitioner_id, clinic_id, screening_id, signed_at, signed_by, complaint, tissue_to_calm,
	why_overloaded, drivers, procedure_code, thorax, content, content_hash,
	pack_code, pack_version, jurisdiction)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
	$19, $20, $21)
