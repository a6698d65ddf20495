-- Who waits for a slot, which slots came free, and what was offered to whom.

-- Empty lists: any. The local times are of the clinic's zone.
CREATE TABLE waitlist_entry (
	organisation_id  uuid        NOT NULL,
	entry_id         uuid        NOT NULL,
	athlete_id       uuid        NOT NULL,
	service_id       uuid        NOT NULL,
	clinic_ids       uuid[]      NOT NULL DEFAULT '{}',
	practitioner_ids uuid[]      NOT NULL DEFAULT '{}',
	weekdays         int[]       NOT NULL DEFAULT '{}', -- 1 Monday to 7 Sunday
	opens            time        NOT NULL DEFAULT '00:00', -- the visit lies between the two
	closes           time        NOT NULL DEFAULT '24:00',
	from_at          timestamptz NOT NULL, -- the visit starts in [from_at, until_at)
	until_at         timestamptz NOT NULL CHECK (until_at > from_at),
	least_grade      text        NOT NULL CHECK (least_grade IN ('good', 'fair', 'warn')),
	notice_minutes   int         NOT NULL DEFAULT 120 CHECK (notice_minutes BETWEEN 0 AND 20160),
	urgency          int         NOT NULL DEFAULT 0 CHECK (urgency BETWEEN 0 AND 2), -- set by staff
	precedence       int         NOT NULL GENERATED ALWAYS AS (-urgency) STORED, -- it grows as the index does
	state            text        NOT NULL DEFAULT 'waiting'
		CHECK (state IN ('waiting', 'offered', 'booked', 'left', 'lapsed')),
	joined_at        timestamptz NOT NULL,
	state_at         timestamptz NOT NULL,
	offers           int         NOT NULL DEFAULT 0,
	CONSTRAINT waitlist_entry_key PRIMARY KEY (organisation_id, entry_id)
);
-- Who may be offered a time of the service, in the order of rules/waitlist.h as far as it does not
-- depend on the time.
CREATE INDEX waitlist_entry_waiting
	ON waitlist_entry (organisation_id, service_id, precedence, joined_at, entry_id)
	WHERE state IN ('waiting', 'offered');
CREATE INDEX waitlist_entry_ends ON waitlist_entry (until_at) WHERE state = 'waiting';
CREATE INDEX waitlist_entry_of_athlete ON waitlist_entry (organisation_id, athlete_id, joined_at);

-- A time that was given back. It is offered to one after the other, each time held by an appointment
-- in state held, so that nobody else gets it meanwhile. open: somebody is to be found; offered: one has
-- an open offer; booked: one took it; exhausted: nobody is left whom it fits; taken: it was booked past
-- the waitlist, or cannot be booked any more; passed: its time came.
-- lease_until is on the server's own clock: a lease is about a process.
CREATE TABLE freed_slot (
	organisation_id uuid        NOT NULL,
	slot_id         uuid        NOT NULL, -- the appointment that was given back, or the absence ended
	version         int         NOT NULL, -- of that appointment: it may be freed again; of the
		-- absence: the number of the time in it
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	service_id      uuid        NOT NULL,
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	state           text        NOT NULL DEFAULT 'open'
		CHECK (state IN ('open', 'offered', 'booked', 'exhausted', 'taken', 'passed')),
	freed_at        timestamptz NOT NULL,
	look_at         timestamptz NOT NULL, -- of an open one: when somebody is to be looked for
	lease_id        uuid,
	lease_until     timestamptz,
	CONSTRAINT freed_slot_key PRIMARY KEY (organisation_id, slot_id, version)
);
CREATE INDEX freed_slot_due ON freed_slot (organisation_id, look_at) WHERE state = 'open';

CREATE TABLE waitlist_offer (
	organisation_id uuid        NOT NULL,
	offer_id        uuid        NOT NULL,
	entry_id        uuid        NOT NULL,
	slot_id         uuid        NOT NULL,
	slot_version    int         NOT NULL,
	appointment_id  uuid        NOT NULL, -- the hold
	athlete_id      uuid        NOT NULL,
	offered_at      timestamptz NOT NULL,
	expires_at      timestamptz NOT NULL,
	ended_at        timestamptz,
	state           text        NOT NULL DEFAULT 'open'
		CHECK (state IN ('open', 'accepted', 'declined', 'expired')),
	rank            int         NOT NULL, -- 1: the best ranked of those who fitted
	why             text        NOT NULL, -- the order explained
	CONSTRAINT waitlist_offer_key PRIMARY KEY (organisation_id, offer_id),
	CONSTRAINT waitlist_offer_ended CHECK ((state = 'open') = (ended_at IS NULL))
);
-- One open offer for a slot, for a hold, and for an athlete with however many entries: a YES by text has
-- one meaning. The three say "open" in three ways, so that a query finds the one that is for it: few are
-- open, and by the statistics any of them would do until many are.
CREATE UNIQUE INDEX waitlist_offer_of_slot ON waitlist_offer (organisation_id, slot_id, slot_version)
	WHERE state = 'open' AND ended_at IS NULL;
CREATE UNIQUE INDEX waitlist_offer_of_hold ON waitlist_offer (organisation_id, appointment_id)
	WHERE state = 'open';
CREATE UNIQUE INDEX waitlist_offer_of_athlete_open ON waitlist_offer (organisation_id, athlete_id)
	WHERE ended_at IS NULL;
-- Nobody is offered the same slot twice, with however many entries.
CREATE UNIQUE INDEX waitlist_offer_once
	ON waitlist_offer (organisation_id, slot_id, slot_version, athlete_id);
CREATE INDEX waitlist_offer_of_athlete ON waitlist_offer (organisation_id, athlete_id, offered_at);

-- What has ended stays as it ended.
CREATE FUNCTION waitlist_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.state <> NEW.state AND NOT (CASE TG_TABLE_NAME || ' ' || OLD.state
		WHEN 'waitlist_entry waiting' THEN NEW.state IN ('offered', 'left', 'lapsed')
		WHEN 'waitlist_entry offered' THEN NEW.state IN ('waiting', 'booked', 'left', 'lapsed')
		WHEN 'freed_slot open' THEN NEW.state IN ('offered', 'exhausted', 'taken', 'passed')
		WHEN 'freed_slot offered' THEN NEW.state IN ('open', 'booked')
		WHEN 'waitlist_offer open' THEN true
		ELSE false
	END) THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'waitlist_moves',
			MESSAGE = format('%s does not go from %s to %s', TG_TABLE_NAME, OLD.state, NEW.state);
	END IF;
	RETURN NEW;
END $$;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['waitlist_entry', 'freed_slot', 'waitlist_offer']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO {{service}}', name);
		EXECUTE format('CREATE TRIGGER waitlist_moves BEFORE UPDATE ON %I
			FOR EACH ROW EXECUTE FUNCTION waitlist_move()', name);
	END LOOP;
END $$;
-- The worker that offers looks over all tenants, and writes in the unit of one.
CREATE POLICY outlook ON freed_slot FOR SELECT USING ((SELECT every_tenant()));
CREATE POLICY outlook ON waitlist_entry FOR SELECT USING ((SELECT every_tenant()));
