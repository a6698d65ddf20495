-- What an organisation's programme says other than the one that it begins with (programmes/default.conf): a
-- version is written once and holds from effective_at until a later version does.
CREATE TABLE programme (
	organisation_id uuid        NOT NULL,
	version         int         NOT NULL CHECK (version > 0),
	effective_at    timestamptz NOT NULL,
	made_at         timestamptz NOT NULL,
	made_by         text        NOT NULL,
	remark          text        NOT NULL,
	opens_minute    int         NOT NULL,
	closes_minute   int         NOT NULL CHECK (opens_minute >= 0 AND opens_minute < closes_minute
		AND closes_minute <= 1440),
	bundle_minutes  int         NOT NULL CHECK (bundle_minutes >= 0),
	daily_cap       int         NOT NULL CHECK (daily_cap > 0),
	language        text        NOT NULL,
	clinical_words  boolean     NOT NULL,
	CONSTRAINT programme_key PRIMARY KEY (organisation_id, version)
);

-- `due` and `stale` as programmes/default.conf writes them; '': as there.
CREATE TABLE programme_step (
	organisation_id uuid    NOT NULL,
	version         int     NOT NULL,
	step            text    NOT NULL,
	switched_off    boolean NOT NULL,
	due             text    NOT NULL,
	stale           text    NOT NULL,
	CONSTRAINT programme_step_key PRIMARY KEY (organisation_id, version, step),
	CONSTRAINT programme_step_of FOREIGN KEY (organisation_id, version) REFERENCES programme
);

CREATE TABLE programme_text (
	organisation_id uuid NOT NULL,
	version         int  NOT NULL,
	step            text NOT NULL,
	language        text NOT NULL,
	words           text NOT NULL,
	CONSTRAINT programme_text_key PRIMARY KEY (organisation_id, version, step, language),
	CONSTRAINT programme_text_of FOREIGN KEY (organisation_id, version) REFERENCES programme
);

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['programme', 'programme_step', 'programme_text']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
	END LOOP;
END $$;
GRANT SELECT, INSERT ON programme, programme_step, programme_text TO {{service}};

-- The version of organisation $1 that holds at an instant, or (wanted > 0) that version; NULL: none.
CREATE FUNCTION programme_version(organisation uuid, at timestamptz, wanted int) RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
	SELECT version FROM programme
	WHERE organisation_id = organisation AND CASE WHEN wanted > 0 THEN version = wanted
		ELSE effective_at <= at END
	ORDER BY version DESC LIMIT 1
$$;

-- In which language an athlete is written to; '': not known.
ALTER TABLE athlete ADD COLUMN language text NOT NULL DEFAULT '';

-- Why a message comes and when it would have come: programme, step, rule, what moved it.
ALTER TABLE planned_message ADD COLUMN trace text NOT NULL DEFAULT '';
GRANT UPDATE (trace) ON planned_message TO {{service}};

CREATE OR REPLACE VIEW message WITH (security_invoker = true) AS
SELECT p.organisation_id, p.message_id, p.athlete_id, p.clinic_id, p.appointment_id, p.encounter_id, p.purpose,
	p.consent, p.rule, p.priority, p.step, p.steps, p.visit_version, p.planned_at, p.due_at, p.stale_at,
	coalesce(d.state, 'planned') AS state, coalesce(d.why, p.why) AS why,
	coalesce(d.channel, p.channel) AS channel, coalesce(d.address, p.address) AS address,
	coalesce(d.text, p.text) AS text, d.decided_at, CASE WHEN d.state = 'sent' THEN d.decided_at END AS sent_at,
	coalesce(d.answer, '') AS answer, d.answered_at, p.trace
FROM planned_message AS p
LEFT JOIN decision AS d ON d.organisation_id = p.organisation_id AND d.message_id = p.message_id;

-- As in 0005_queue.sql, with the traces of the new times.
DROP FUNCTION reschedule(uuid, uuid[], timestamptz[], timestamptz[], text);
CREATE FUNCTION reschedule(organisation uuid, ids uuid[], dues timestamptz[], stales timestamptz[], traces text[],
	held text)
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
	UPDATE planned_message AS p SET due_at = new.due_at, stale_at = new.stale_at, trace = new.trace
	FROM unnest(ids, dues, stales, traces) AS new (id, due_at, stale_at, trace)
	WHERE p.organisation_id = organisation AND p.message_id = new.id
		AND (p.message_id IN (SELECT message_id FROM moved) OR EXISTS (
			SELECT FROM decision AS d
			WHERE d.organisation_id = organisation AND d.message_id = new.id
				AND d.state = 'suppressed' AND d.why = held));
END $$;

-- Whom an organisation expects next, and whom it has not seen for long.
CREATE INDEX visit_starts ON visit (organisation_id, starts_at) WHERE state = 'booked';
