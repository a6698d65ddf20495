-- What practitioners begin a note with: phrases (a short code for a text) and note templates (partly filled
-- notes), of a clinic or of the organisation for all of its clinics (clinic_id NULL). content is a packed
-- soleus.v1.Phrase or soleus.v1.NoteTemplate with what was put alone. Nothing that is signed refers to
-- them, so they are edited and removed in place; no athlete's data is in them.
CREATE TABLE wording (
	organisation_id uuid        NOT NULL,
	wording_id      uuid        NOT NULL,
	clinic_id       uuid,
	kind            text        NOT NULL CHECK (kind IN ('phrase', 'note')),
	code            text        NOT NULL,
	content         bytea       NOT NULL,
	put_at          timestamptz NOT NULL,
	put_by          text        NOT NULL,
	CONSTRAINT wording_key PRIMARY KEY (organisation_id, wording_id),
	CONSTRAINT wording_code UNIQUE NULLS NOT DISTINCT (organisation_id, clinic_id, kind, code),
	CONSTRAINT wording_clinic FOREIGN KEY (organisation_id, clinic_id) REFERENCES clinic
);

ALTER TABLE wording ENABLE ROW LEVEL SECURITY;
ALTER TABLE wording FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON wording
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, DELETE ON wording TO {{service}};
GRANT UPDATE (content, put_at, put_by) ON wording TO {{service}};
