-- Adverse events of the organisation, recorded before $2, newest first, at most $3: those that practitioner
-- $4 (NULL: not bound by clinics) may read at $5. A row of the trail for each athlete whose events they are
-- ($6 to $12: what audit_add has from its $2 on), so that each of them can see who read it.
-- By adverse_event_newest, backwards, and what access_of names. Locks: the new rows.
WITH found AS MATERIALIZED (
	SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
		treated_at, occurred_at, recorded_at, recorded_by
	FROM adverse_event AS adverse
	WHERE organisation_id = $1 AND recorded_at < $2
		AND EXISTS (SELECT FROM access_of($1, $4::uuid, adverse.athlete_id, $5::timestamptz) OFFSET 0)
	ORDER BY recorded_at DESC
	LIMIT $3::int
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id)
	SELECT $1::uuid, $6::timestamptz, $7, $8::uuid, $9, $10, $11::uuid, $12, athlete_id
	FROM found
	GROUP BY athlete_id
)
SELECT * FROM found ORDER BY recorded_at DESC
