-- A signed note; $3 NULL: of any athlete, else of that one alone. By note_key. Locks: none.
SELECT note_id, encounter_id, athlete_id, practitioner_id, clinic_id, signed_at, signed_by,
	encode(content_hash, 'hex') AS content_hash, procedure_code, content,
	pack_code, pack_version, jurisdiction
FROM note
WHERE organisation_id = $1 AND note_id = $2 AND ($3::uuid IS NULL OR athlete_id = $3::uuid)
