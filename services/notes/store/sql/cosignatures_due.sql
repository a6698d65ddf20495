-- The notes that wait for practitioner $2's signature, behind note $4 of $3, the longest waiting first, at
-- most $5. By cosignature_due_by_cosigner and note_key. Locks: none.
SELECT due.note_id, due.signed_at, note.practitioner_id, note.athlete_id, note.clinic_id
FROM cosignature_due AS due
JOIN note ON note.organisation_id = $1 AND note.note_id = due.note_id
WHERE due.organisation_id = $1 AND due.cosigner_id = $2
	AND (due.signed_at, due.note_id) > ($3::timestamptz, $4::uuid)
ORDER BY due.signed_at, due.note_id
LIMIT $5::int
