-- When somebody was last treated at a clinic, by the events of notes: from then the law counts how long
-- signed notes are kept. No key ties it to athlete and clinic: events come in any order.
CREATE TABLE athlete_treatment (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	last_treated_at timestamptz NOT NULL,
	CONSTRAINT athlete_treatment_key PRIMARY KEY (organisation_id, athlete_id, clinic_id)
);
ALTER TABLE athlete_treatment ENABLE ROW LEVEL SECURITY;
ALTER TABLE athlete_treatment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON athlete_treatment
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, UPDATE (last_treated_at) ON athlete_treatment TO {{service}};
