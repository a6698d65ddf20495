-- Adds or replaces the sessions of one source at $12, in the order of their uids so that two imports
-- cannot deadlock; writes only what differs. A kind set by hand stays. training_session_key.
INSERT INTO training_session AS old (organisation_id, athlete_id, source, uid, title, kind,
	starts_at, ends_at, all_day, uncertain, given, changed_at)
SELECT $1::uuid, $2::uuid, $3::text, uid, title, kind, starts_at, ends_at, all_day, uncertain, given,
	$12::timestamptz
FROM unnest($4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
	$9::boolean[], $10::boolean[], $11::boolean[])
	AS new (uid, title, kind, starts_at, ends_at, all_day, uncertain, given)
ORDER BY uid
ON CONFLICT (organisation_id, athlete_id, source, uid) DO UPDATE
SET title = excluded.title, kind = CASE WHEN old.corrected THEN old.kind ELSE excluded.kind END,
	starts_at = excluded.starts_at, ends_at = excluded.ends_at, all_day = excluded.all_day,
	uncertain = excluded.uncertain AND NOT old.corrected, given = excluded.given,
	changed_at = CASE WHEN (old.starts_at, old.ends_at) IS DISTINCT FROM (excluded.starts_at,
		excluded.ends_at) OR NOT old.corrected AND old.kind <> excluded.kind
		THEN excluded.changed_at ELSE old.changed_at END
WHERE (old.title, old.starts_at, old.ends_at, old.all_day, old.given) IS DISTINCT FROM (excluded.title,
		excluded.starts_at, excluded.ends_at, excluded.all_day, excluded.given)
	OR NOT old.corrected AND (old.kind, old.uncertain) IS DISTINCT FROM (excluded.kind,
		excluded.uncertain)
