-- Calendars that are fetched, load, an organisation's own words, windows of T1 to T3, and coming
-- visits that a changed calendar clashes with.

-- corrected: staff or athlete set the kind by hand; the calendar does not set it back.
-- rpe × minutes is the session's load (Foster 2001), shown and never gating (O6).
ALTER TABLE training_session
	ADD corrected boolean NOT NULL DEFAULT false,
	ADD rpe       numeric CHECK (rpe BETWEEN 0 AND 10),
	ADD minutes   int     CHECK (minutes BETWEEN 0 AND 1440);

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
	settling_hours    int,
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

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['training_feed', 'training_word', 'timing_default', 'athlete_timing',
		'timing_clash']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO {{service}}', name);
	END LOOP;
END $$;
GRANT DELETE ON training_word, training_session TO {{service}};
-- The worker that fetches looks over all tenants, and writes in the unit of one.
CREATE POLICY outlook ON training_feed FOR SELECT USING ((SELECT every_tenant()));
