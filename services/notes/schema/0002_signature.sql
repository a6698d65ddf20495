-- Signatures under notes: the author's, co-signers', and addenda, which are words with a signature of
-- their own. seal is what was signed (NoteSeal in its canonical encoding), so that it can be checked
-- without this database.
CREATE TABLE note_signature (
	organisation_id uuid        NOT NULL,
	note_id         uuid        NOT NULL,
	number          int         NOT NULL,
	meaning         text        NOT NULL CHECK (meaning IN ('author', 'cosigner', 'addendum')),
	signer_id       uuid,
	signed_at       timestamptz NOT NULL,
	seal            bytea       NOT NULL,
	signature       bytea       NOT NULL CHECK (octet_length(signature) = 64),
	public_key      bytea       NOT NULL CHECK (octet_length(public_key) = 32),
	CONSTRAINT note_signature_key PRIMARY KEY (organisation_id, note_id, number),
	CONSTRAINT note_signature_note FOREIGN KEY (organisation_id, note_id) REFERENCES note
);

-- Keys that have signed here, from their first signature on.
CREATE TABLE signing_key (
	organisation_id uuid        NOT NULL,
	public_key      bytea       NOT NULL,
	holder          text        NOT NULL,
	first_used_at   timestamptz NOT NULL,
	CONSTRAINT signing_key_key PRIMARY KEY (organisation_id, public_key)
);

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['note_signature', 'signing_key']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON %I
			FOR EACH ROW EXECUTE FUNCTION append_only()', name);
		EXECUTE format('CREATE TRIGGER untruncated BEFORE TRUNCATE ON %I
			FOR EACH STATEMENT EXECUTE FUNCTION append_only()', name);
		EXECUTE format('GRANT SELECT, INSERT ON %I TO {{service}}', name);
	END LOOP;
END $$;
