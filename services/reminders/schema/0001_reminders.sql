-- What is sent to whom and when, what came back, and local copies of what other services own.

-- `zone` when PostgreSQL knows it, else NULL: a zone that nobody knows must not stop the events.
CREATE FUNCTION known_zone(zone text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
	PERFORM timestamptz 'epoch' AT TIME ZONE zone;
	RETURN zone;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN NULL;
END $$;

-- ---- Copies, by events --------------------------------------------------------------------

CREATE TABLE clinic (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	name            text NOT NULL,
	zone            text,
	PRIMARY KEY (organisation_id, clinic_id)
);

CREATE TABLE athlete (
	organisation_id uuid    NOT NULL,
	athlete_id      uuid    NOT NULL,
	zone            text,
	home_clinic_id  uuid,
	has_guardian    boolean NOT NULL,
	PRIMARY KEY (organisation_id, athlete_id)
);

-- `address` is `value` as it is compared: +4366012345, ana@example.org.
CREATE TABLE contact_point (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	position        int  NOT NULL,
	channel         text NOT NULL,
	value           text NOT NULL,
	address         text NOT NULL,
	PRIMARY KEY (organisation_id, athlete_id, position)
);
CREATE INDEX contact_point_address ON contact_point (organisation_id, address);

-- The newest word on each purpose and channel.
CREATE TABLE consent (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	purpose         text        NOT NULL,
	channel         text        NOT NULL,
	granted         boolean     NOT NULL,
	recorded_at     timestamptz NOT NULL,
	PRIMARY KEY (organisation_id, athlete_id, purpose, channel)
);

CREATE TABLE visit (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	booked_at       timestamptz NOT NULL,
	-- offered: held for an answer of the athlete's, who waits for such a time.
	state           text        NOT NULL CHECK (state IN ('offered', 'booked', 'checked_in', 'completed',
		'cancelled', 'no_show')),
	-- The version of the appointment that set its time; 0 while only its end is known.
	version         int         NOT NULL DEFAULT 0,
	moved           boolean     NOT NULL DEFAULT false,
	PRIMARY KEY (organisation_id, appointment_id)
);
CREATE INDEX visit_athlete ON visit (organisation_id, athlete_id, starts_at);

-- What was treated at a visit; areas are 'calf:left'.
CREATE TABLE treatment (
	organisation_id uuid        NOT NULL,
	encounter_id    uuid        NOT NULL,
	appointment_id  uuid,
	athlete_id      uuid        NOT NULL,
	clinic_id       uuid,
	treated_at      timestamptz NOT NULL,
	thorax          boolean     NOT NULL,
	areas           text[]      NOT NULL,
	plan_days       int[]       NOT NULL,
	PRIMARY KEY (organisation_id, encounter_id)
);
CREATE INDEX treatment_athlete ON treatment (organisation_id, athlete_id, treated_at);

-- ---- Messages -----------------------------------------------------------------------------

-- A number that wants no texts, on whatever channel.
CREATE TABLE opt_out (
	organisation_id uuid        NOT NULL,
	address         text        NOT NULL,
	opted_out       boolean     NOT NULL,
	changed_at      timestamptz NOT NULL,
	PRIMARY KEY (organisation_id, address)
);

-- One row for each message that was ever planned. message_id follows from what it is about, so
-- that planning twice makes one; a time in the key would break that when a visit moves, hence no
-- partitions here. What grows with each attempt is in delivery.
-- planned: may be sent. sent: is at the channel. suppressed: will not be sent, and never unless it was
-- for an opt-out. `why` is kept.
-- lease_until is on the server's own clock: a lease is about a process, not about the domain's
-- time, which may stand still.
CREATE TABLE message (
	organisation_id uuid        NOT NULL,
	message_id      uuid        NOT NULL,
	athlete_id      uuid,
	clinic_id       uuid,
	appointment_id  uuid,
	encounter_id    uuid,
	purpose         text        NOT NULL,
	consent         text        NOT NULL CHECK (consent IN ('reminders', 'check_ins', 'reply')),
	rule            text        NOT NULL,
	priority        smallint    NOT NULL CHECK (priority BETWEEN 0 AND 3),
	step            int         NOT NULL DEFAULT 0,
	steps           int         NOT NULL DEFAULT 0,
	visit_version   int         NOT NULL DEFAULT 0, -- of the time it was planned for; 0: of no time
	planned_at      timestamptz NOT NULL,
	due_at          timestamptz NOT NULL,
	stale_at        timestamptz NOT NULL,
	state           text        NOT NULL CHECK (state IN ('planned', 'sent', 'suppressed')),
	why             text        NOT NULL,
	channel         text        NOT NULL DEFAULT '',
	address         text        NOT NULL DEFAULT '',
	text            text        NOT NULL DEFAULT '',
	decided_at      timestamptz,
	sent_at         timestamptz GENERATED ALWAYS AS (CASE WHEN state = 'sent' THEN decided_at END) STORED,
	answer          text        NOT NULL DEFAULT '',
	answered_at     timestamptz,
	lease_id        uuid,
	lease_until     timestamptz,
	PRIMARY KEY (organisation_id, message_id),
	CONSTRAINT message_decided CHECK ((state = 'planned') = (decided_at IS NULL)),
	CONSTRAINT message_sent_to CHECK (state <> 'sent' OR (channel <> '' AND address <> '' AND text <> '')),
	CONSTRAINT message_answered CHECK (answered_at IS NULL OR state = 'sent'),
	CONSTRAINT message_of_somebody CHECK (athlete_id IS NOT NULL OR consent = 'reply')
) WITH (fillfactor = 80);
CREATE INDEX message_waiting ON message (organisation_id, priority, due_at) WHERE state = 'planned';
CREATE INDEX message_athlete ON message (organisation_id, athlete_id, due_at);
CREATE INDEX message_appointment ON message (organisation_id, appointment_id) WHERE state = 'planned';

-- What was decided stays: only the answer to a sent message may still come. What an opt-out holds back
-- was not sent, and is planned again when the number opts in.
CREATE FUNCTION message_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'message_state',
		MESSAGE = 'a message that was sent or suppressed does not change';
END $$;
CREATE TRIGGER message_state BEFORE UPDATE ON message FOR EACH ROW
WHEN (OLD.state <> 'planned'
	AND NOT (OLD.state = 'suppressed' AND OLD.why = 'the number has opted out' AND NEW.state <> 'sent')
	AND (OLD.state, OLD.why, OLD.due_at, OLD.stale_at, OLD.channel, OLD.address, OLD.text, OLD.decided_at)
	IS DISTINCT FROM
	(NEW.state, NEW.why, NEW.due_at, NEW.stale_at, NEW.channel, NEW.address, NEW.text, NEW.decided_at))
EXECUTE FUNCTION message_refuse_move();

-- Each decision about a message: the trace. Grows for ever, so by time.
CREATE TABLE delivery (
	organisation_id uuid        NOT NULL,
	at              timestamptz NOT NULL,
	message_id      uuid        NOT NULL,
	outcome         text        NOT NULL CHECK (outcome IN ('sent', 'suppressed', 'deferred',
		'restored')),
	channel         text        NOT NULL,
	why             text        NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX delivery_message ON delivery (organisation_id, message_id);

-- Where an athlete can be reached with consent, whether or not the number has opted out.
-- Consent for the channel "file" (no gateway) holds for any contact point.
CREATE VIEW reach WITH (security_invoker = true) AS
SELECT c.organisation_id, c.athlete_id, c.purpose, c.channel, p.address, p.position,
	coalesce(o.opted_out, false) AS opted_out
FROM consent c
JOIN contact_point p ON p.organisation_id = c.organisation_id AND p.athlete_id = c.athlete_id
	AND (p.channel = c.channel OR c.channel = 'file')
LEFT JOIN opt_out o ON o.organisation_id = p.organisation_id AND o.address = p.address
WHERE c.granted;

-- ---- What came in -------------------------------------------------------------------------

CREATE TABLE inbound_text (
	organisation_id     uuid        NOT NULL,
	channel             text        NOT NULL,
	provider_message_id text        NOT NULL,
	inbound_id          uuid        NOT NULL,
	address             text        NOT NULL,
	athlete_id          uuid,
	text                text        NOT NULL,
	received_at         timestamptz NOT NULL,
	understood_as       text        NOT NULL,
	reply_text          text        NOT NULL,
	CONSTRAINT inbound_text_once PRIMARY KEY (organisation_id, channel, provider_message_id)
);

CREATE TABLE alert (
	organisation_id uuid        NOT NULL,
	alert_id        uuid        NOT NULL,
	athlete_id      uuid,
	clinic_id       uuid,
	reason          text        NOT NULL,
	raised_at       timestamptz NOT NULL,
	acknowledged_at timestamptz,
	acknowledged_by text        NOT NULL DEFAULT '',
	PRIMARY KEY (organisation_id, alert_id)
);
CREATE INDEX alert_raised ON alert (organisation_id, raised_at);
CREATE INDEX alert_open ON alert (organisation_id, raised_at) WHERE acknowledged_at IS NULL;

CREATE TABLE task (
	organisation_id uuid        NOT NULL,
	task_id         uuid        NOT NULL,
	athlete_id      uuid,
	kind            text        NOT NULL,
	text            text        NOT NULL,
	made_at         timestamptz NOT NULL,
	PRIMARY KEY (organisation_id, task_id)
);
CREATE INDEX task_made ON task (organisation_id, made_at);

-- ---- Tenancy and rights -------------------------------------------------------------------

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['clinic', 'athlete', 'contact_point', 'consent', 'visit', 'treatment',
		'opt_out', 'message', 'delivery', 'inbound_text', 'alert', 'task']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
	END LOOP;
END $$;
-- The dispatcher looks at all organisations for what is due; it claims as one at a time.
CREATE POLICY outlook ON message FOR SELECT USING ((SELECT every_tenant()));

GRANT SELECT, INSERT, UPDATE ON clinic, athlete, consent, visit, treatment, opt_out TO {{service}};
GRANT SELECT, INSERT, DELETE ON contact_point TO {{service}};
GRANT SELECT, INSERT ON message, inbound_text, alert, task TO {{service}};
GRANT UPDATE (due_at, stale_at, state, why, channel, address, text, decided_at, answer, answered_at,
	lease_id, lease_until) ON message TO {{service}};
GRANT UPDATE (acknowledged_at, acknowledged_by) ON alert TO {{service}};
GRANT SELECT, INSERT ON delivery TO {{service}};
GRANT SELECT ON reach TO {{service}};
