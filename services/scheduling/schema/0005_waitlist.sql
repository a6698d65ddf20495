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
	state            text        NOT NULL DEFAULT 'waiting'
		CHECK (state IN ('waiting', 'offered', 'booked', 'left', 'lapsed')),
	joined_at        timestamptz NOT NULL,
	state_at         timestamptz NOT NULL,
	offers           int         NOT NULL DEFAULT 0,
	declined         int         NOT NULL DEFAULT 0,
	CONSTRAINT waitlist_entry_key PRIMARY KEY (organisation_id, entry_id)
);
CREATE INDEX waitlist_entry_waiting ON waitlist_entry (organisation_id, service_id, joined_at)
	WHERE state = 'waiting';
CREATE INDEX waitlist_entry_of_athlete ON waitlist_entry (organisation_id, athlete_id);

-- A time that was given back. While it is open it is offered to one after the other, each time held by
-- an appointment in state held, so that nobody else gets it meanwhile.
CREATE TABLE freed_slot (
	organisation_id uuid        NOT NULL,
	slot_id         uuid        NOT NULL, -- the appointment that was given back, or the absence ended
	version         int         NOT NULL, -- of that appointment: it may be freed again
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	service_id      uuid        NOT NULL,
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	state           text        NOT NULL DEFAULT 'open'
		CHECK (state IN ('open', 'offered', 'booked', 'exhausted', 'taken', 'passed')),
	freed_at        timestamptz NOT NULL,
	look_at         timestamptz NOT NULL, -- when there is next something to do
	CONSTRAINT freed_slot_key PRIMARY KEY (organisation_id, slot_id, version)
);
CREATE INDEX freed_slot_due ON freed_slot (look_at) WHERE state IN ('open', 'offered');

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
	state           text        NOT NULL DEFAULT 'open'
		CHECK (state IN ('open', 'accepted', 'declined', 'expired')),
	rank            int         NOT NULL, -- 1: the best ranked of those who fitted
	why             text        NOT NULL, -- the order explained
	CONSTRAINT waitlist_offer_key PRIMARY KEY (organisation_id, offer_id)
);
-- One open offer for a slot, for an entry.
CREATE UNIQUE INDEX waitlist_offer_of_slot
	ON waitlist_offer (organisation_id, slot_id, slot_version) WHERE state = 'open';
CREATE UNIQUE INDEX waitlist_offer_of_entry ON waitlist_offer (organisation_id, entry_id)
	WHERE state = 'open';
-- Nobody is offered the same slot twice.
CREATE UNIQUE INDEX waitlist_offer_once
	ON waitlist_offer (organisation_id, slot_id, slot_version, entry_id);

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
	END LOOP;
END $$;
-- The worker that offers looks over all tenants, and writes in the unit of one.
CREATE POLICY outlook ON freed_slot FOR SELECT USING ((SELECT every_tenant()));
