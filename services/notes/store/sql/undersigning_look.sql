-- What decides whether signed note $2 can take one more signature: one row or none.
-- By note_key, note_version and note_signature_key. Locks: none.
SELECT note.encounter_id, note.appointment_id, note.athlete_id, note.practitioner_id, note.clinic_id,
	note.screening_id, note.version, note.amends_note_id, note.cosigner_id, note.content_hash,
	(SELECT later.note_id FROM note AS later
		WHERE later.organisation_id = $1 AND later.encounter_id = note.encounter_id
			AND later.version = note.version + 1) AS amended_by,
	(SELECT max(number) FROM note_signature
		WHERE organisation_id = $1 AND note_id = $2) AS signatures,
	(SELECT signer_id FROM note_signature
		WHERE organisation_id = $1 AND note_id = $2 AND number = 1) AS author_id,
	EXISTS (SELECT FROM note_signature
		WHERE organisation_id = $1 AND note_id = $2 AND signer_id = $3::uuid
			AND meaning IN ('author', 'cosigner')) AS has_signed
FROM note
WHERE note.organisation_id = $1 AND note.note_id = $2
