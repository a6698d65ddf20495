-- Who is where at what time. clinic, room, practitioner, athlete, screening and open_review are
-- copies, kept by the events of directory, notes and analytics; no key ties them together, for
-- events of different services come in any order.

CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;

-- The first instant of a day in a zone, as ical/zone.h reads it: of two midnights the first, where AT
-- TIME ZONE alone takes the second; and when midnight is skipped, the instant that skips it. Stable,
-- so that it is inlined.
CREATE FUNCTION day_begins(day timestamp, zone text) RETURNS timestamptz LANGUAGE sql STABLE
RETURN least(day AT TIME ZONE zone,
	(day - interval '1 microsecond') AT TIME ZONE zone + interval '1 microsecond');

CREATE TABLE clinic (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	name            text NOT NULL,
	zone            text NOT NULL,
	CONSTRAINT clinic_key PRIMARY KEY (organisation_id, clinic_id)
);

CREATE TABLE room (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	room_id         uuid NOT NULL,
	CONSTRAINT room_key PRIMARY KEY (organisation_id, clinic_id, room_id)
);

CREATE TABLE practitioner (
	organisation_id uuid NOT NULL,
	practitioner_id uuid NOT NULL,
	CONSTRAINT practitioner_key PRIMARY KEY (organisation_id, practitioner_id)
);

CREATE TABLE athlete (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	zone            text NOT NULL,
	CONSTRAINT athlete_key PRIMARY KEY (organisation_id, athlete_id)
);

-- What the screening said (K1–K5), for the check-in; the newest counts.
CREATE TABLE screening (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	screening_id    uuid        NOT NULL,
	outcome         text        NOT NULL,
	why             text        NOT NULL,
	recorded_at     timestamptz NOT NULL,
	CONSTRAINT screening_key PRIMARY KEY (organisation_id, appointment_id)
);

-- O5; answered_at is NULL while the review is open.
CREATE TABLE open_review (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	review_id       uuid        NOT NULL,
	area            text        NOT NULL,
	side            text        NOT NULL,
	advice          text        NOT NULL,
	raised_at       timestamptz NOT NULL,
	answered_at     timestamptz,
	CONSTRAINT open_review_key PRIMARY KEY (organisation_id, athlete_id, review_id)
);

CREATE TABLE service (
	organisation_id       uuid NOT NULL,
	service_id            uuid NOT NULL,
	name                  text NOT NULL,
	duration_minutes      int  NOT NULL CHECK (duration_minutes BETWEEN 5 AND 480),
	buffer_before_minutes int  NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 120),
	buffer_after_minutes  int  NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 120),
	CONSTRAINT service_key PRIMARY KEY (organisation_id, service_id),
	CONSTRAINT service_name UNIQUE (organisation_id, name)
);

-- A practitioner's place of work; its row is the lock under which the hours are replaced.
CREATE TABLE workplace (
	organisation_id uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	changed_at      timestamptz NOT NULL,
	CONSTRAINT workplace_key PRIMARY KEY (organisation_id, practitioner_id, clinic_id)
);

-- Local times of the clinic's zone; closes may be 24:00.
CREATE TABLE working_hours (
	organisation_id uuid NOT NULL,
	practitioner_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	weekday         int  NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	opens           time NOT NULL,
	closes          time NOT NULL CHECK (closes > opens),
	CONSTRAINT working_hours_key
		PRIMARY KEY (organisation_id, practitioner_id, clinic_id, weekday, opens),
	CONSTRAINT working_hours_workplace
		FOREIGN KEY (organisation_id, practitioner_id, clinic_id) REFERENCES workplace
);

CREATE TABLE training_session (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	source          text        NOT NULL,
	uid             text        NOT NULL,
	title           text        NOT NULL,
	kind            text        NOT NULL CHECK (kind IN ('race', 'competition', 'heavy_lift',
		'high_intensity', 'moderate', 'low', 'rest', 'demanding_block')),
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	all_day         boolean     NOT NULL,
	uncertain       boolean     NOT NULL,
	CONSTRAINT training_session_key PRIMARY KEY (organisation_id, athlete_id, source, uid),
	-- What is near a visit is found by starts_at alone.
	CONSTRAINT training_session_length
		CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '31 days')
);
CREATE INDEX training_session_near ON training_session (organisation_id, athlete_id, starts_at);

-- blocked_from to blocked_until is the visit with its buffers: practitioner and room are not free
-- for another one's. The athlete's own time is the visit alone.
CREATE TABLE appointment (
	organisation_id        uuid        NOT NULL,
	appointment_id         uuid        NOT NULL,
	athlete_id             uuid        NOT NULL,
	practitioner_id        uuid        NOT NULL,
	clinic_id              uuid        NOT NULL,
	room_id                uuid        NOT NULL,
	service_id             uuid        NOT NULL,
	starts_at              timestamptz NOT NULL,
	ends_at                timestamptz NOT NULL,
	blocked_from           timestamptz NOT NULL,
	blocked_until          timestamptz NOT NULL,
	state                  text        NOT NULL DEFAULT 'booked' CHECK (state IN
		('booked', 'checked_in', 'completed', 'cancelled', 'no_show')),
	grade                  text        NOT NULL CHECK (grade IN ('good', 'fair', 'warn')),
	timing_override_reason text        NOT NULL,
	idempotency_key        text        NOT NULL,
	booked_at              timestamptz NOT NULL,
	booked_by              text        NOT NULL,
	state_at               timestamptz,
	state_reason           text        NOT NULL DEFAULT '',
	state_by               text        NOT NULL DEFAULT '',
	CONSTRAINT appointment_key PRIMARY KEY (organisation_id, appointment_id),
	-- One key books once, also when it comes twice at the same moment.
	CONSTRAINT appointment_idempotency UNIQUE (organisation_id, idempotency_key),
	-- Busy ranges are found by blocked_from alone.
	CONSTRAINT appointment_ranges CHECK (blocked_from <= starts_at AND starts_at < ends_at
		AND ends_at <= blocked_until AND blocked_until <= blocked_from + interval '12 hours'),
	CONSTRAINT appointment_override CHECK (grade <> 'warn' OR timing_override_reason <> ''),
	CONSTRAINT appointment_practitioner EXCLUDE USING gist (organisation_id WITH =,
		practitioner_id WITH =, tstzrange(blocked_from, blocked_until) WITH &&)
		WHERE (state IN ('booked', 'checked_in', 'completed')),
	CONSTRAINT appointment_room EXCLUDE USING gist (organisation_id WITH =,
		room_id WITH =, tstzrange(blocked_from, blocked_until) WITH &&)
		WHERE (state IN ('booked', 'checked_in', 'completed')),
	CONSTRAINT appointment_athlete EXCLUDE USING gist (organisation_id WITH =,
		athlete_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
		WHERE (state IN ('booked', 'checked_in', 'completed'))
);
CREATE INDEX appointment_practitioner_busy
	ON appointment (organisation_id, practitioner_id, blocked_from, blocked_until)
	WHERE state IN ('booked', 'checked_in', 'completed');
CREATE INDEX appointment_room_busy
	ON appointment (organisation_id, room_id, blocked_from, blocked_until)
	WHERE state IN ('booked', 'checked_in', 'completed');
CREATE INDEX appointment_by_athlete ON appointment (organisation_id, athlete_id, starts_at);
CREATE INDEX appointment_by_clinic ON appointment (organisation_id, clinic_id, starts_at);

-- The states of an appointment: what is over stays as it ended.
CREATE FUNCTION appointment_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT (CASE OLD.state
		WHEN 'booked' THEN NEW.state IN ('checked_in', 'completed', 'cancelled', 'no_show')
		WHEN 'checked_in' THEN NEW.state IN ('completed', 'cancelled')
		ELSE false
	END) THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_state_moves',
			MESSAGE = format('an appointment does not go from %s to %s', OLD.state, NEW.state);
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER appointment_moves BEFORE UPDATE ON appointment
	FOR EACH ROW EXECUTE FUNCTION appointment_move();

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['clinic', 'room', 'practitioner', 'athlete', 'screening',
		'open_review', 'service', 'workplace', 'working_hours', 'training_session', 'appointment']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT ON %I TO {{service}}', name);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['clinic', 'room', 'practitioner', 'athlete', 'screening',
		'open_review', 'service', 'workplace', 'training_session']
	LOOP
		EXECUTE format('GRANT INSERT, UPDATE ON %I TO {{service}}', name);
	END LOOP;
END $$;
GRANT INSERT, DELETE ON working_hours TO {{service}};
-- A new appointment is booked; who, where and when never change.
GRANT INSERT (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, room_id,
	service_id, starts_at, ends_at, blocked_from, blocked_until, grade, timing_override_reason,
	idempotency_key, booked_at, booked_by) ON appointment TO {{service}};
GRANT UPDATE (state, state_at, state_reason, state_by) ON appointment TO {{service}};
