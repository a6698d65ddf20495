-- tenants: every
-- Seals rows ($5 organisations, $6 numbers, $7 instants, $8 ids, $9 hashes) and moves the position from
-- ($3, $4) to ($1, $2); nothing when another instance has moved it meanwhile.
-- Locks: audit_sealed's row; the new rows.
WITH moved AS (
	UPDATE audit_sealed SET xid = $1::xid8, id = $2::bigint
	WHERE xid = $3::xid8 AND id = $4::bigint
	RETURNING one
)
INSERT INTO audit_seal (organisation_id, number, audit_at, audit_id, hash)
SELECT organisation_id, number, audit_at, audit_id, hash
FROM unnest($5::uuid[], $6::bigint[], $7::timestamptz[], $8::bigint[], $9::bytea[])
	AS sealed (organisation_id, number, audit_at, audit_id, hash)
WHERE EXISTS (SELECT FROM moved)
