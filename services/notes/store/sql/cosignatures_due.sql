-- The notes that wait for practitioner $2's signature, behind note $4 of $3 (NULL both: from the beginning), the
-- longest waiting first, at most $5. A row of the trail for each athlete who is named ($6 to $12: what audit_add has
-- from its $2 on), so that each of them can see who read it. By cosignature_due_by_cosigner and note_key.
-- Locks: the new rows.
WITH waiting AS MATERIALIZED (
	SELECT due.note_id, due.signed_at, note.practitioner_id, note.athlete_id, note.clinic_id
	FROM cosignature_due AS due
	JOIN note ON note.organisation_id = $1 AND note.note_id = due.note_id
	WHERE due.organisation_id = $1 AND due.cosigner_id = $2
		AND (due.signed_at, due.note_id) > (coalesce($3::timestamptz, '-infinity'),
			coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
	ORDER BY due.signed_at, due.note_id
	LIMIT $5::int
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id)
	SELECT $1::uuid, $6::timestamptz, $7, $8::uuid, $9, $10, $11::uuid, $12, athlete_id
	FROM waiting
	GROUP BY athlete_id
)
SELECT note_id, signed_at, practitioner_id, athlete_id, clinic_id
FROM waiting
ORDER BY signed_at, note_id
