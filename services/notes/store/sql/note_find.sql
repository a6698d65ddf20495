-- One version of a signed note, and which one follows it; $3 NULL: of any athlete, else of that
-- person alone. By note_key and note_version. Locks: none.
SELECT note_id, encounter_id, athlete_id, practitioner_id, clinic_id, signed_at, signed_by,
	encode(content_hash, 'hex') AS content_hash, procedure_code, content, version, amends_note_id,
	(SELECT later.note_id FROM note AS later
		WHERE later.organisation_id = $1 AND later.encounter_id = note.encounter_id
			AND later.version = note.version + 1) AS amended_by,
	reason, cosigner_id, pack_code, pack_version, jurisdiction, appointment_id, screening_id,
	treated_at
FROM note
WHERE organisation_id = $1 AND note_id = $2 AND ($3::uuid IS NULL OR athlete_id IN (
	SELECT person.athlete_id FROM person_ids($1, $3::uuid) AS person))
