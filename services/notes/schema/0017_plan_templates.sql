-- Plans (P1 to P3) that a clinic, or the organisation for all of its clinics (clinic_id NULL), made of
-- its own for an area. An edit is a new version: the ones before stay, for the notes that were made from
-- them. steps is a packed soleus.v1.PlanTemplate with its steps alone; empty: back to what there was
-- without it.
CREATE TABLE plan_template (
	organisation_id uuid        NOT NULL,
	template_id     uuid        NOT NULL,
	clinic_id       uuid,
	area            text        NOT NULL,
	version         int         NOT NULL CHECK (version > 0),
	steps           bytea       NOT NULL,
	put_at          timestamptz NOT NULL,
	put_by          text        NOT NULL,
	CONSTRAINT plan_template_key PRIMARY KEY (organisation_id, template_id),
	CONSTRAINT plan_template_version UNIQUE NULLS NOT DISTINCT
		(organisation_id, clinic_id, area, version)
);

ALTER TABLE plan_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_template FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON plan_template
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON plan_template
	FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON plan_template
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
GRANT SELECT, INSERT ON plan_template TO {{service}};
