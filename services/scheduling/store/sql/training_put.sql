-- Adds or replaces the sessions of one source, in the order of their uids so that two imports
-- cannot deadlock; writes only what differs. training_session_key.
INSERT INTO training_session AS old (organisation_id, athlete_id, source, uid, title, kind,
	starts_at, ends_at, all_day, uncertain)
SELECT $1::uuid, $2::uuid, $3::text, uid, title, kind, starts_at, ends_at, all_day, uncertain
FROM unnest($4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
	$9::boolean[], $10::boolean[])
	AS new (uid, title, kind, starts_at, ends_at, all_day, uncertain)
ORDER BY uid
ON CONFLICT (organisation_id, athlete_id, source, uid) DO UPDATE
SET title = excluded.title, kind = excluded.kind, starts_at = excluded.starts_at,
	ends_at = excluded.ends_at, all_day = excluded.all_day, uncertain = excluded.uncertain
WHERE (old.title, old.kind, old.starts_at, old.ends_at, old.all_day, old.uncertain)
	IS DISTINCT FROM (excluded.title, excluded.kind, excluded.starts_at, excluded.ends_at,
		excluded.all_day, excluded.uncertain)
