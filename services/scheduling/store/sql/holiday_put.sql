-- Holidays of source $2, one for each clinic and uid, in their order so that two imports cannot deadlock;
-- writes only what differs. absence_imported.
INSERT INTO absence AS old (organisation_id, absence_id, clinic_id, kind, title, starts_at, ends_at,
	source, uid)
SELECT $1::uuid, absence_id, clinic_id, 'holiday', title, starts_at, ends_at, $2::text, uid
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
	AS new (absence_id, clinic_id, uid, title, starts_at, ends_at)
ORDER BY clinic_id, uid
ON CONFLICT (organisation_id, clinic_id, source, uid) WHERE source <> '' DO UPDATE
SET title = excluded.title, starts_at = excluded.starts_at, ends_at = excluded.ends_at
WHERE (old.title, old.starts_at, old.ends_at)
	IS DISTINCT FROM (excluded.title, excluded.starts_at, excluded.ends_at)
