-- Who is told of an alert, in what order, until somebody acknowledges it; and tasks that are closed.

ALTER TABLE alert ADD kind text NOT NULL GENERATED ALWAYS AS (CASE WHEN reason LIKE 'A2:%' THEN 'red_flag'
	WHEN reason LIKE 'R3:%' THEN 'adverse_event' ELSE 'break_glass' END) STORED;

-- A clinic's chain for one kind of alert; of clinic 0 the organisation's, for clinics that have none.
CREATE TABLE escalation (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	kind            text NOT NULL CHECK (kind IN ('red_flag', 'adverse_event', 'break_glass')),
	place           int  NOT NULL CHECK (place BETWEEN 1 AND 20),
	name            text NOT NULL,
	channel         text NOT NULL CHECK (channel IN ('sms', 'email', 'file')),
	address         text NOT NULL,
	after_minutes   int  NOT NULL CHECK (after_minutes BETWEEN 0 AND 10080), -- since the alert was raised
	PRIMARY KEY (organisation_id, clinic_id, kind, place)
);

-- Each step that was taken: once for each alert and place, whoever takes it.
CREATE TABLE alert_told (
	organisation_id uuid        NOT NULL,
	alert_id        uuid        NOT NULL,
	place           int         NOT NULL,
	name            text        NOT NULL,
	address         text        NOT NULL,
	message_id      uuid        NOT NULL,
	told_at         timestamptz NOT NULL,
	CONSTRAINT alert_told_once PRIMARY KEY (organisation_id, alert_id, place)
);
CREATE INDEX alert_told_address ON alert_told (organisation_id, address);

ALTER TABLE task
	ADD closed_at timestamptz,
	ADD closed_by text NOT NULL DEFAULT '',
	ADD done      text NOT NULL DEFAULT '';
CREATE INDEX task_open ON task (organisation_id, made_at, task_id) WHERE closed_at IS NULL;

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['escalation', 'alert_told']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('CREATE POLICY outlook ON %I FOR SELECT USING ((SELECT every_tenant()))', name);
	END LOOP;
END $$;
-- The dispatcher looks at all organisations for who is to be told; it tells as one at a time.
CREATE POLICY outlook ON alert FOR SELECT USING ((SELECT every_tenant()));

GRANT SELECT, INSERT, DELETE ON escalation TO {{service}};
GRANT SELECT, INSERT ON alert_told TO {{service}};
GRANT UPDATE (closed_at, closed_by, done) ON task TO {{service}};
