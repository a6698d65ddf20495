-- What a note can be found by: one row for each of its words (w:calf) and codes (m:soleus). Full-text
-- operators are not leakproof, so row-level security would keep them from an index; equality of text is.
CREATE TABLE note_term (
	organisation_id uuid        NOT NULL,
	term            text        NOT NULL,
	signed_at       timestamptz NOT NULL,
	note_id         uuid        NOT NULL,
	CONSTRAINT note_term_key PRIMARY KEY (organisation_id, term, signed_at, note_id)
);

ALTER TABLE note_term ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_term FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON note_term
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON note_term
	FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON note_term
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER with_their_note AFTER INSERT ON note_term
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION with_their_note();
GRANT SELECT, INSERT ON note_term TO {{service}};
