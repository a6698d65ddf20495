-- The queue: what is planned, what of it waits, and what was decided stand apart, so that sending a message
-- is one narrow row less in the queue and one row more among the decisions. Nothing is written to claim it: a
-- lease holds a lane, all that waits of one clinic and priority.
--
--     planned_message   what was planned; changes while it waits alone
--     queue             what waits; one narrow index in the order of sending
--     lane              who sends of a clinic and priority now, and how far they have taken
--     decision          what became of it: one row, the trace of its sending
--     message           the view of all three that lists and people read

ALTER TABLE message NO FORCE ROW LEVEL SECURITY;
DROP TRIGGER message_state ON message;
DROP POLICY outlook ON message;

-- Not by time: one is found by its message, and restored when the opt-out ends that suppressed it.
CREATE TABLE decision (
	organisation_id uuid        NOT NULL,
	message_id      uuid        NOT NULL,
	state           text        NOT NULL CHECK (state IN ('sent', 'suppressed')),
	why             text        NOT NULL,
	channel         text        NOT NULL,
	address         text        NOT NULL,
	text            text        NOT NULL,
	decided_at      timestamptz NOT NULL,
	answer          text        NOT NULL DEFAULT '',
	answered_at     timestamptz,
	PRIMARY KEY (organisation_id, message_id),
	CONSTRAINT decision_sent_to CHECK (state <> 'sent' OR (channel <> '' AND address <> '' AND text <> '')),
	CONSTRAINT decision_answered CHECK (answered_at IS NULL OR state = 'sent')
) WITH (fillfactor = 95);
INSERT INTO decision
SELECT organisation_id, message_id, state, why, channel, address, text, decided_at, answer, answered_at
FROM message WHERE state <> 'planned';

-- clinic_id is the nil id for a message of no clinic. The key is the order of sending; autovacuum comes by
-- what was deleted, however long the backlog is.
CREATE TABLE queue (
	organisation_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	priority        smallint    NOT NULL,
	due_at          timestamptz NOT NULL,
	message_id      uuid        NOT NULL,
	PRIMARY KEY (organisation_id, clinic_id, priority, due_at, message_id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 100000);
INSERT INTO queue
SELECT organisation_id, coalesce(clinic_id, '00000000-0000-0000-0000-000000000000'), priority, due_at,
	message_id
FROM message WHERE state = 'planned';

-- lease_until is on the server's own clock: a lease is about a process, not about the domain's time, which
-- may stand still. What stands before (taken_due_at, taken_id) is being sent while it lasts.
CREATE TABLE lane (
	organisation_id uuid     NOT NULL,
	clinic_id       uuid     NOT NULL,
	priority        smallint NOT NULL,
	lease_id        uuid,
	lease_until     timestamptz,
	taken_due_at    timestamptz,
	taken_id        uuid,
	PRIMARY KEY (organisation_id, clinic_id, priority)
) WITH (fillfactor = 50);
INSERT INTO lane SELECT DISTINCT organisation_id, clinic_id, priority FROM queue;

ALTER TABLE message RENAME TO planned_message;
ALTER INDEX message_pkey RENAME TO planned_message_pkey;
ALTER INDEX message_athlete RENAME TO planned_message_athlete;
DROP INDEX message_waiting;
DROP INDEX message_appointment;
ALTER TABLE planned_message
	DROP CONSTRAINT message_decided, DROP CONSTRAINT message_sent_to, DROP CONSTRAINT message_answered,
	DROP COLUMN sent_at, DROP COLUMN state, DROP COLUMN decided_at, DROP COLUMN answer,
	DROP COLUMN answered_at, DROP COLUMN lease_id, DROP COLUMN lease_until,
	ALTER COLUMN why SET DEFAULT '';
ALTER TABLE planned_message RENAME CONSTRAINT message_of_somebody TO planned_message_of_somebody;
CREATE INDEX planned_message_appointment ON planned_message (organisation_id, appointment_id)
	WHERE appointment_id IS NOT NULL;
ALTER TABLE planned_message FORCE ROW LEVEL SECURITY;

-- planned: may be sent. sent: is at the channel. suppressed: will not be sent, and never unless it was for an
-- opt-out.
CREATE VIEW message WITH (security_invoker = true) AS
SELECT p.organisation_id, p.message_id, p.athlete_id, p.clinic_id, p.appointment_id, p.encounter_id, p.purpose,
	p.consent, p.rule, p.priority, p.step, p.steps, p.visit_version, p.planned_at, p.due_at, p.stale_at,
	coalesce(d.state, 'planned') AS state, coalesce(d.why, p.why) AS why,
	coalesce(d.channel, p.channel) AS channel, coalesce(d.address, p.address) AS address,
	coalesce(d.text, p.text) AS text, d.decided_at, CASE WHEN d.state = 'sent' THEN d.decided_at END AS sent_at,
	coalesce(d.answer, '') AS answer, d.answered_at
FROM planned_message AS p
LEFT JOIN decision AS d ON d.organisation_id = p.organisation_id AND d.message_id = p.message_id;

-- ---- What was decided stays --------------------------------------------------------------------

-- Only the answer to a sent message may still come, and an erasure takes words and address. What an opt-out
-- holds back was not sent, and is planned again when the number opts in.
CREATE TRIGGER decision_state BEFORE UPDATE ON decision FOR EACH ROW
WHEN ((OLD.organisation_id, OLD.message_id, OLD.state, OLD.why, OLD.channel, OLD.decided_at)
		IS DISTINCT FROM
		(NEW.organisation_id, NEW.message_id, NEW.state, NEW.why, NEW.channel, NEW.decided_at)
	OR NEW.address NOT IN (OLD.address, 'erased') OR NEW.text NOT IN (OLD.text, 'erased'))
EXECUTE FUNCTION message_refuse_move();
CREATE TRIGGER decision_taken_back BEFORE DELETE ON decision FOR EACH ROW
WHEN (OLD.state <> 'suppressed' OR OLD.why <> 'the number has opted out')
EXECUTE FUNCTION message_refuse_move();

CREATE FUNCTION message_refuse_late() RETURNS trigger LANGUAGE plpgsql
SET search_path = {{service}}, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM decision AS d
		WHERE d.organisation_id = NEW.organisation_id AND d.message_id = NEW.message_id
			AND NOT (d.state = 'suppressed' AND d.why = 'the number has opted out')) THEN
		RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'message_state',
			MESSAGE = 'a message that was sent or suppressed does not change';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER message_state BEFORE UPDATE ON planned_message FOR EACH ROW
WHEN ((OLD.due_at, OLD.stale_at, OLD.why) IS DISTINCT FROM (NEW.due_at, NEW.stale_at, NEW.why)
	OR NEW.address NOT IN (OLD.address, 'erased') OR NEW.text NOT IN (OLD.text, 'erased'))
EXECUTE FUNCTION message_refuse_late();

-- ---- What waits changes ------------------------------------------------------------------------

-- Each statement of these sees what the one before it waited for: lanes are locked first, so that nobody
-- takes of them meanwhile, and what was taken is known.

-- Of the messages `ids` of one organisation, the places in the queue of those that wait and are not being
-- sent this moment. Until the end of the transaction nobody takes them.
CREATE FUNCTION waiting(organisation uuid, ids uuid[])
RETURNS TABLE (place tid, message_id uuid, due_at timestamptz) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM lane AS l
	WHERE l.organisation_id = organisation AND (l.clinic_id, l.priority) IN (
		SELECT coalesce(p.clinic_id, '00000000-0000-0000-0000-000000000000'), p.priority
		FROM unnest(ids) AS asked (id)
		JOIN planned_message AS p ON p.organisation_id = organisation AND p.message_id = asked.id)
	ORDER BY l.clinic_id, l.priority
	FOR SHARE;
	RETURN QUERY
	SELECT q.ctid, q.message_id, q.due_at
	FROM unnest(ids) AS asked (id)
	JOIN planned_message AS p ON p.organisation_id = organisation AND p.message_id = asked.id
	JOIN queue AS q ON q.organisation_id = organisation
		AND q.clinic_id = coalesce(p.clinic_id, '00000000-0000-0000-0000-000000000000')
		AND q.priority = p.priority AND q.due_at = p.due_at AND q.message_id = p.message_id
	JOIN lane AS l ON l.organisation_id = organisation AND l.clinic_id = q.clinic_id
		AND l.priority = q.priority
	WHERE coalesce(l.lease_until <= clock_timestamp()
		OR (q.due_at, q.message_id) > (l.taken_due_at, l.taken_id), true);
END $$;

-- Messages `ids` will not be sent, for `reason`, said at `at`; returns those that waited. One that is being
-- sent this moment stays: its sender judges by the same facts. `forced`: it does not, and whoever sends it
-- finds the lease gone.
CREATE FUNCTION suppress(organisation uuid, ids uuid[], reason text, at timestamptz, forced boolean DEFAULT false)
RETURNS TABLE (message_id uuid) LANGUAGE plpgsql AS $$
DECLARE
	places tid[];
BEGIN
	IF forced THEN
		UPDATE lane AS l SET lease_id = NULL, lease_until = NULL
		FROM (SELECT DISTINCT coalesce(p.clinic_id, '00000000-0000-0000-0000-000000000000') AS clinic_id, p.priority
			FROM unnest(ids) AS asked (id)
			JOIN planned_message AS p ON p.organisation_id = organisation AND p.message_id = asked.id
			ORDER BY 1, 2) AS theirs
		WHERE l.organisation_id = organisation AND l.clinic_id = theirs.clinic_id
			AND l.priority = theirs.priority AND l.lease_id IS NOT NULL;
	END IF;
	SELECT array_agg(w.place) INTO places FROM waiting(organisation, ids) AS w;
	RETURN QUERY
	WITH gone AS (
		DELETE FROM queue AS q WHERE q.ctid = ANY (places) RETURNING q.message_id
	), decided AS (
		INSERT INTO decision (organisation_id, message_id, state, why, channel, address, text, decided_at)
		SELECT organisation, gone.message_id, 'suppressed', reason, p.channel, p.address, p.text, at
		FROM gone JOIN planned_message AS p ON p.organisation_id = organisation
			AND p.message_id = gone.message_id
	), traced AS (
		INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
		SELECT organisation, suppress.at, gone.message_id, 'suppressed', '', reason FROM gone
	)
	SELECT gone.message_id FROM gone;
END $$;

-- Messages `ids` that wait, or that an opt-out (`held`: its reason) holds back, move to new times. One that is being
-- sent this moment stays.
CREATE FUNCTION reschedule(organisation uuid, ids uuid[], dues timestamptz[], stales timestamptz[], held text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	places tid[];
BEGIN
	SELECT array_agg(w.place) INTO places FROM waiting(organisation, ids) AS w;
	WITH moved AS (
		UPDATE queue AS q SET due_at = new.due_at
		FROM unnest(ids, dues) AS new (id, due_at)
		WHERE q.ctid = ANY (places) AND q.message_id = new.id
		RETURNING q.message_id
	)
	UPDATE planned_message AS p SET due_at = new.due_at, stale_at = new.stale_at
	FROM unnest(ids, dues, stales) AS new (id, due_at, stale_at)
	WHERE p.organisation_id = organisation AND p.message_id = new.id
		AND (p.message_id IN (SELECT message_id FROM moved) OR EXISTS (
			SELECT FROM decision AS d
			WHERE d.organisation_id = organisation AND d.message_id = new.id
				AND d.state = 'suppressed' AND d.why = held));
END $$;

-- ---- Tenancy and rights ------------------------------------------------------------------------

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['decision', 'queue', 'lane']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
	END LOOP;
END $$;
-- The dispatcher looks at all organisations for what is due; it claims as one at a time.
CREATE POLICY outlook ON lane FOR SELECT USING ((SELECT every_tenant()));
CREATE POLICY outlook ON queue FOR SELECT USING ((SELECT every_tenant()));

GRANT SELECT ON message TO {{service}};
GRANT UPDATE (why) ON planned_message TO {{service}};
GRANT SELECT, INSERT, DELETE, UPDATE (due_at) ON queue TO {{service}};
GRANT SELECT, INSERT, UPDATE (lease_id, lease_until, taken_due_at, taken_id) ON lane TO {{service}};
GRANT SELECT, INSERT, DELETE, UPDATE (address, text, answer, answered_at) ON decision TO {{service}};
