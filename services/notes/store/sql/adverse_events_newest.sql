-- Adverse events of the organisation, recorded before $2, or at $2 and before event $3 (NULL: none at $2), newest
-- first, at most $4: those that practitioner $6 (NULL: not bound by clinics) may read at $7, of the $5 newest.
-- Where these end before $4 were found, a last row that is not `found` says how far was looked.
-- A row of the trail for each athlete whose events they are ($8 to $14: what audit_add has from its $2 on), so
-- that each of them can see who read it. By adverse_event_newest, backwards, and what access_of names.
-- Locks: the new rows.
WITH looked AS MATERIALIZED (
	SELECT adverse_event_id, note_id, athlete_id, practitioner_id, clinic_id, kind, grade, muscle, text,
		treated_at, occurred_at, recorded_at, recorded_by, medical_care, interfered_with_activities,
		admission, lasting_disability, death
	FROM adverse_event
	WHERE organisation_id = $1 AND recorded_at <= $2 AND (recorded_at < $2 OR adverse_event_id < $3::uuid)
	ORDER BY recorded_at DESC, adverse_event_id DESC
	LIMIT $5::int
), found AS MATERIALIZED (
	SELECT *
	FROM looked
	WHERE EXISTS (SELECT FROM access_of($1, $6::uuid, looked.athlete_id, $7::timestamptz) OFFSET 0)
	ORDER BY recorded_at DESC, adverse_event_id DESC
	LIMIT $4::int
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id)
	SELECT $1::uuid, $8::timestamptz, $9, $10::uuid, $11, $12, $13::uuid, $14, athlete_id
	FROM found
	GROUP BY athlete_id
), last_look AS (
	SELECT *
	FROM looked
	WHERE (SELECT count(*) FROM looked) = $5::int AND (SELECT count(*) FROM found) < $4::int
	ORDER BY recorded_at, adverse_event_id
	LIMIT 1
)
SELECT *, true AS found FROM found
UNION ALL
SELECT *, false FROM last_look
ORDER BY recorded_at DESC, adverse_event_id DESC, found DESC
