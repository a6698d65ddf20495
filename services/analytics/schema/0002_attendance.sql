-- How visits ended, by the events of scheduling (A4, O6). An appointment ends once.
CREATE TABLE attendance (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	starts_at       timestamptz NOT NULL,
	state           text        NOT NULL CHECK (state IN ('completed', 'no_show', 'cancelled')),
	CONSTRAINT attendance_key PRIMARY KEY (organisation_id, appointment_id)
);
CREATE INDEX attendance_by_clinic ON attendance (organisation_id, clinic_id, starts_at);

ALTER TABLE attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE attendance FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON attendance
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT ON attendance TO {{service}};
