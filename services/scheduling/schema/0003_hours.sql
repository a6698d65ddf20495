-- Working hours as recurrence rules in the clinic's zone, the openings that they come to, and what
-- takes hours away. Openings are a cache of the rules, made by libical up to a horizon: availability
-- and bookings read them by btree. Slots are never stored.

-- An opening begins on days of `rrule` (RFC 5545, from first_day on) at `opens` and ends at `closes`
-- of the same local day. Day by day in local time, so 09:00 stays 09:00 when the clock changes.
CREATE TABLE working_rule (
	organisation_id uuid        NOT NULL,
	rule_id         uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	rrule           text        NOT NULL,
	first_day       date        NOT NULL,
	opens           time        NOT NULL,
	closes          time        NOT NULL CHECK (closes > opens), -- may be 24:00
	excluded        date[]      NOT NULL DEFAULT '{}',
	added           date[]      NOT NULL DEFAULT '{}',
	weekly          boolean     NOT NULL, -- one of SetWorkingHours, which replaces all of them
	opened_until    timestamptz NOT NULL DEFAULT '-infinity', -- openings are there up to here
	opened_by       text        NOT NULL DEFAULT '', -- version of tzdata that made them
	CONSTRAINT working_rule_key PRIMARY KEY (organisation_id, rule_id)
);
CREATE INDEX working_rule_of_practitioner
	ON working_rule (organisation_id, practitioner_id, clinic_id);
CREATE INDEX working_rule_to_open ON working_rule (opened_until);
CREATE INDEX working_rule_opened_by ON working_rule (opened_by);

-- Local time is UTC plus offset_s, from changes_at on (NULL: never) plus later_offset_s.
-- day_starts_at to day_ends_at is the local day.
CREATE TABLE opening (
	organisation_id uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	opens_at        timestamptz NOT NULL,
	closes_at       timestamptz NOT NULL,
	rule_id         uuid        NOT NULL,
	offset_s        int         NOT NULL,
	later_offset_s  int         NOT NULL,
	changes_at      timestamptz,
	day_starts_at   timestamptz NOT NULL,
	day_ends_at     timestamptz NOT NULL,
	CONSTRAINT opening_key PRIMARY KEY (organisation_id, practitioner_id, opens_at, clinic_id, rule_id),
	-- Those around an instant are found by opens_at alone.
	CONSTRAINT opening_length
		CHECK (closes_at > opens_at AND closes_at <= opens_at + interval '26 hours')
);
CREATE INDEX opening_at_clinic ON opening (organisation_id, clinic_id, opens_at);
CREATE INDEX opening_of_rule ON opening (organisation_id, rule_id);

-- Hours given up: a practitioner's time off (practitioner_id), a clinic's closure or public holiday
-- (clinic_id), a room that cannot be used (room_id). One of the three.
CREATE TABLE absence (
	organisation_id uuid        NOT NULL,
	absence_id      uuid        NOT NULL,
	practitioner_id uuid,
	clinic_id       uuid,
	room_id         uuid,
	kind            text        NOT NULL CHECK (kind IN ('time_off', 'closure', 'holiday')),
	title           text        NOT NULL,
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	source          text        NOT NULL DEFAULT '', -- of an import: the calendar, and its uid
	uid             text        NOT NULL DEFAULT '',
	CONSTRAINT absence_key PRIMARY KEY (organisation_id, absence_id),
	CONSTRAINT absence_of_one CHECK (num_nonnulls(practitioner_id, clinic_id, room_id) = 1),
	CONSTRAINT absence_length
		CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '400 days')
);
CREATE UNIQUE INDEX absence_imported ON absence (organisation_id, clinic_id, source, uid)
	WHERE source <> '';
CREATE INDEX absence_of_practitioner ON absence (organisation_id, practitioner_id, starts_at)
	WHERE practitioner_id IS NOT NULL;
CREATE INDEX absence_of_clinic ON absence (organisation_id, clinic_id, starts_at)
	WHERE clinic_id IS NOT NULL;
CREATE INDEX absence_of_room ON absence (organisation_id, room_id, starts_at)
	WHERE room_id IS NOT NULL;

-- Hours that were set before become weekly rules; the worker opens them. Before row-level security holds for the owner too.
ALTER TABLE working_hours NO FORCE ROW LEVEL SECURITY;
INSERT INTO working_rule (organisation_id, rule_id, practitioner_id, clinic_id, rrule, first_day,
	opens, closes, weekly)
SELECT organisation_id, gen_random_uuid(), practitioner_id, clinic_id,
	'FREQ=WEEKLY;BYDAY=' || (ARRAY['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[weekday],
	'2000-01-03', opens, closes, true
FROM working_hours;
DROP TABLE working_hours;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['working_rule', 'opening', 'absence']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO {{service}}', name);
	END LOOP;
END $$;
-- The worker that opens ahead looks over all tenants, and writes in the unit of one.
CREATE POLICY outlook ON working_rule FOR SELECT USING ((SELECT every_tenant()));
