-- One version of a signed note. A second one of the same number fails by note_version, and none is written when the
-- draft is not the one that was read ($27).
-- Locks: the new row; shares the encounter's, the screening's and the amended note's by their foreign
-- keys.
INSERT INTO note (organisation_id, note_id, encounter_id, appointment_id, athlete_id,
	practitioner_id, clinic_id, screening_id, version, amends_note_id, reason, cosigner_id, treated_at,
	signed_at, signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax,
	content, content_hash, pack_code, pack_version, jurisdiction,
	draft_version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
	$22, $23, $24, $25, $26, $27)
