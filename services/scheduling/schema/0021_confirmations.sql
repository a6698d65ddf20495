-- What the athlete said to a message about a visit: that they come, then (starts_at). A visit that has moved
-- since is not confirmed.
CREATE TABLE visit_confirmation (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	starts_at       timestamptz NOT NULL,
	confirmed_at    timestamptz NOT NULL,
	confirmed_by    text        NOT NULL,
	CONSTRAINT visit_confirmation_key PRIMARY KEY (organisation_id, appointment_id)
);
ALTER TABLE visit_confirmation ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_confirmation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON visit_confirmation
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON visit_confirmation TO {{service}};
