-- Sessions from $2 on with these titles become of another kind, at $6; their athletes' coming visits
-- are to be checked. By the organisation's part of training_session_key, in its order; locks what it
-- changes.
WITH picked AS (
	SELECT t.athlete_id, t.source, t.uid, new.kind, new.uncertain
	FROM training_session t JOIN unnest($3::text[], $4::text[], $5::boolean[])
		AS new (title, kind, uncertain) ON new.title = t.title
	WHERE t.organisation_id = $1 AND t.starts_at >= $2::timestamptz AND NOT t.corrected
		AND NOT t.given AND (t.kind, t.uncertain) IS DISTINCT FROM (new.kind, new.uncertain)
	ORDER BY t.athlete_id, t.source, t.uid FOR UPDATE OF t
), changed AS (
	UPDATE training_session t SET kind = picked.kind, uncertain = picked.uncertain,
		changed_at = CASE WHEN t.kind <> picked.kind THEN $6::timestamptz ELSE t.changed_at END
	FROM picked WHERE t.organisation_id = $1 AND t.athlete_id = picked.athlete_id
		AND t.source = picked.source AND t.uid = picked.uid
	RETURNING t.athlete_id
)
INSERT INTO timing_recheck AS old (organisation_id, athlete_id, due_at)
SELECT DISTINCT $1::uuid, athlete_id, $6::timestamptz FROM changed ORDER BY athlete_id
ON CONFLICT (organisation_id, athlete_id) DO UPDATE
SET asked = old.asked + 1, due_at = excluded.due_at, last = false
