-- Keeps the erasure of athletes $2 at $3 by $4, for the reason $5 and by reference $6; $7: until when what
-- they were treated for as minors is kept, or NULL. Erased already: stays as it was. SL001: a merge has made
-- another record the person's meanwhile (merge_lock stands before this).
-- By athlete_erasure_key and the keys of athlete_alias. Locks: the new rows.
INSERT INTO athlete_erasure (organisation_id, athlete_id, erased_at, erased_by, reason, request_reference,
	minor_kept_until)
SELECT $1::uuid, id, $3::timestamptz, $4, $5, $6, $7::date
FROM unnest($2::uuid[]) AS asked (id)
WHERE (SELECT require(count(*) = 0, 'SL001', 'merged meanwhile')
	FROM person_ids($1, ($2::uuid[])[1]) AS person WHERE person.athlete_id <> ALL ($2::uuid[]))
ON CONFLICT DO NOTHING
