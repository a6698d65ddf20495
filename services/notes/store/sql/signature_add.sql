-- Signature $3 under note $2 (meaning $4, signer $5, at $6, seal $7, signature $8), with key $9 of $10,
-- which is kept from its first use on. A second one of the same number fails by note_signature_key.
-- By signing_key_key. Locks: the new rows; shares the note's by the foreign key.
WITH used AS (
	INSERT INTO signing_key (organisation_id, public_key, holder, first_used_at)
	VALUES ($1::uuid, $9::bytea, $10, $6::timestamptz)
	ON CONFLICT DO NOTHING
)
INSERT INTO note_signature
	(organisation_id, note_id, number, meaning, signer_id, signed_at, seal, signature, public_key)
VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6::timestamptz, $7, $8, $9::bytea)
