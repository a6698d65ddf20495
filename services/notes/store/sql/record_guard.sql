-- Ends the unit, SL005, unless practitioner $4 may read the record of athlete $2, or note $3 (the other is
-- NULL), at $5; who signed a note, or is asked to sign it too, may read that one. What is not known passes: the unit
-- will find nothing of it. By athlete_key, note_key and what access_of names. Locks: none.
SELECT require(NOT EXISTS (
	SELECT FROM (
		SELECT athlete_id, NULL::uuid AS practitioner_id, NULL::uuid AS cosigner_id
		FROM athlete
		WHERE organisation_id = $1::uuid AND athlete_id = $2::uuid
		UNION ALL
		SELECT athlete_id, practitioner_id, cosigner_id
		FROM note
		WHERE organisation_id = $1::uuid AND note_id = $3::uuid
	) AS record
	WHERE cosigner_id IS DISTINCT FROM $4::uuid AND practitioner_id IS DISTINCT FROM $4::uuid AND NOT EXISTS (
		SELECT FROM access_of($1::uuid, $4::uuid, record.athlete_id, $5::timestamptz)
	)
), 'SL005', 'the reader has no access to this record')
