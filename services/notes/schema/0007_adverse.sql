-- R3: recorded against a treatment at any later time; grade follows from the facts (rules/adverse.h).
CREATE TABLE adverse_event (
	organisation_id  uuid        NOT NULL,
	adverse_event_id uuid        NOT NULL,
	note_id          uuid        NOT NULL,
	athlete_id       uuid        NOT NULL,
	practitioner_id  uuid        NOT NULL,
	clinic_id        uuid        NOT NULL,
	kind             text        NOT NULL,
	grade            text        NOT NULL CHECK (grade IN ('minor', 'significant', 'serious')),
	muscle           text        NOT NULL,
	text             text        NOT NULL,
	treated_at       timestamptz NOT NULL,
	occurred_at      timestamptz NOT NULL,
	recorded_at      timestamptz NOT NULL,
	recorded_by      text        NOT NULL,
	CONSTRAINT adverse_event_key PRIMARY KEY (organisation_id, adverse_event_id),
	CONSTRAINT adverse_event_note FOREIGN KEY (organisation_id, note_id) REFERENCES note,
	CONSTRAINT adverse_event_after CHECK (occurred_at >= treated_at - interval '1 day')
);
CREATE INDEX adverse_event_by_athlete ON adverse_event (organisation_id, athlete_id, recorded_at);
CREATE INDEX adverse_event_newest ON adverse_event (organisation_id, recorded_at);

ALTER TABLE adverse_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE adverse_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON adverse_event
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON adverse_event
	FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON adverse_event
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
GRANT SELECT, INSERT ON adverse_event TO {{service}};
