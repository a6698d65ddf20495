-- Calendars that are fetched, load, an organisation's own words, windows of T1 to T3, and coming
-- visits that a changed calendar clashes with.

-- corrected: staff or athlete set the kind by hand; the calendar does not set it back. given: the
-- calendar itself says the kind, so words have no part in it. changed_at: when its kind or its times
-- last became what they are.
-- rpe × minutes is the session's load (Foster 2001), shown and never gating (O6).
ALTER TABLE training_session
	ADD corrected  boolean     NOT NULL DEFAULT false,
	ADD given      boolean     NOT NULL DEFAULT false,
	ADD changed_at timestamptz NOT NULL DEFAULT '-infinity',
	ADD rpe        numeric     CHECK (rpe BETWEEN 0 AND 10),
	ADD minutes    int         CHECK (minutes BETWEEN 1 AND 1440),
	ADD CONSTRAINT training_session_load CHECK ((rpe IS NULL) = (minutes IS NULL));

-- A calendar that is read again and again; its sessions have source = feed_id. When it cannot be read
-- or is faulty, the last good copy stays, and `fault` says why.
CREATE TABLE training_feed (
	organisation_id uuid        NOT NULL,
	feed_id         uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	url             text        NOT NULL,
	etag            text        NOT NULL DEFAULT '',
	last_modified   text        NOT NULL DEFAULT '',
	good_at         timestamptz, -- last read well
	tried_at        timestamptz,
	next_at         timestamptz NOT NULL,
	failures        int         NOT NULL DEFAULT 0,
	fault           text        NOT NULL DEFAULT '',
	ended_at        timestamptz, -- unsubscribed
	CONSTRAINT training_feed_key PRIMARY KEY (organisation_id, feed_id)
);
CREATE INDEX training_feed_due ON training_feed (next_at) WHERE ended_at IS NULL;
CREATE INDEX training_feed_of_athlete ON training_feed (organisation_id, athlete_id);
CREATE UNIQUE INDEX training_feed_once ON training_feed (organisation_id, athlete_id, url)
	WHERE ended_at IS NULL;

-- Goes before the list that comes with the program.
CREATE TABLE training_word (
	organisation_id uuid NOT NULL,
	phrase          text NOT NULL,
	kind            text NOT NULL CHECK (kind IN ('race', 'competition', 'heavy_lift',
		'high_intensity', 'moderate', 'low', 'rest', 'demanding_block')),
	CONSTRAINT training_word_key PRIMARY KEY (organisation_id, phrase)
);

-- The windows of T1 and T2: of an organisation, and of one athlete (NULL: as the organisation has it).
CREATE TABLE timing_default (
	organisation_id   uuid NOT NULL,
	warn_hours        int  NOT NULL CHECK (warn_hours BETWEEN 0 AND 336),
	competition_hours int  NOT NULL CHECK (competition_hours BETWEEN 0 AND 336),
	after_block_hours int  NOT NULL CHECK (after_block_hours BETWEEN 0 AND 336),
	early_days        int  NOT NULL CHECK (early_days BETWEEN 0 AND 42),
	CONSTRAINT timing_default_key PRIMARY KEY (organisation_id)
);
CREATE TABLE athlete_timing (
	organisation_id   uuid NOT NULL,
	athlete_id        uuid NOT NULL,
	warn_hours        int  CHECK (warn_hours BETWEEN 0 AND 336),
	competition_hours int  CHECK (competition_hours BETWEEN 0 AND 336),
	reason            text NOT NULL DEFAULT '',
	-- T3, from analytics: how long this athlete takes to settle, and of how many check-ins.
	settling_hours    int  CHECK (settling_hours BETWEEN 0 AND 336),
	check_ins         int  NOT NULL DEFAULT 0,
	settling_at       timestamptz,
	CONSTRAINT athlete_timing_key PRIMARY KEY (organisation_id, athlete_id)
);

-- A coming visit that the calendar warns of since it was booked; cleared_at when it no longer does.
CREATE TABLE timing_clash (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	reasons         text        NOT NULL,
	found_at        timestamptz NOT NULL,
	cleared_at      timestamptz,
	CONSTRAINT timing_clash_key PRIMARY KEY (organisation_id, appointment_id)
);
CREATE INDEX timing_clash_open ON timing_clash (organisation_id, found_at) WHERE cleared_at IS NULL;
CREATE INDEX timing_clash_of_athlete ON timing_clash (organisation_id, athlete_id)
	WHERE cleared_at IS NULL;

-- Athletes whose coming visits are to be graded again, asked for in the transaction of what changed.
-- `asked` grows with each time: a check counts for what it has read alone. They are checked at once,
-- and a last time a minute later (`last`), for a visit that was graded before the change and written
-- after the first check.
CREATE TABLE timing_recheck (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	asked           bigint      NOT NULL DEFAULT 1,
	due_at          timestamptz NOT NULL,
	last            boolean     NOT NULL DEFAULT false,
	CONSTRAINT timing_recheck_key PRIMARY KEY (organisation_id, athlete_id)
);
CREATE INDEX timing_recheck_due ON timing_recheck (due_at);

-- What clashed and has been moved, cancelled or closed is looked at again too, and a hold that was
-- confirmed: the calendar may have changed since it was graded.
CREATE FUNCTION appointment_clash() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
	IF OLD.state = 'held' AND NEW.state = 'booked' OR (SELECT true FROM timing_clash c
		WHERE c.organisation_id = NEW.organisation_id AND c.appointment_id = NEW.appointment_id
		AND c.cleared_at IS NULL) THEN
		INSERT INTO timing_recheck AS known (organisation_id, athlete_id, due_at)
		VALUES (NEW.organisation_id, NEW.athlete_id, coalesce(NEW.state_at, NEW.booked_at))
		ON CONFLICT (organisation_id, athlete_id) DO UPDATE
		SET asked = known.asked + 1, due_at = excluded.due_at, last = false;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER appointment_clashes AFTER UPDATE ON appointment
	FOR EACH ROW EXECUTE FUNCTION appointment_clash();

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['training_feed', 'training_word', 'timing_default', 'athlete_timing',
		'timing_clash', 'timing_recheck']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO {{service}}', name);
	END LOOP;
END $$;
GRANT DELETE ON training_word, training_session, timing_recheck TO {{service}};
-- The workers that fetch and that check look over all tenants, and write in the unit of one.
CREATE POLICY outlook ON training_feed FOR SELECT USING ((SELECT every_tenant()));
CREATE POLICY outlook ON timing_recheck FOR SELECT USING ((SELECT every_tenant()));
