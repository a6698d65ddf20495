-- Holds, places of a room, moves with their history, series, overrides.

-- held counts as taken like booked, until hold_expires_at; then it expires.
ALTER TABLE appointment
	ADD place           int         NOT NULL DEFAULT 1 CHECK (place BETWEEN 1 AND 50),
	ADD hold_expires_at timestamptz,
	ADD series_id       uuid,
	ADD override_reason text        NOT NULL DEFAULT '',
	ADD overridden      text[]      NOT NULL DEFAULT '{}', -- names of the refusals
	ADD version         int         NOT NULL DEFAULT 1,
	-- From, until, room, place, as availability reads them: packing a fortnight of ten
	-- practitioners when it is asked for cost as much as finding it.
	ADD packed          bytea       GENERATED ALWAYS AS (timestamptz_send(blocked_from)
		|| timestamptz_send(blocked_until) || uuid_send(room_id) || int4send(place)) STORED,
	DROP CONSTRAINT appointment_state_check,
	ADD CONSTRAINT appointment_state CHECK (state IN
		('held', 'booked', 'checked_in', 'completed', 'cancelled', 'no_show', 'expired')),
	ADD CONSTRAINT appointment_hold CHECK (state <> 'held' OR hold_expires_at IS NOT NULL),
	ADD CONSTRAINT appointment_overridden CHECK (overridden = '{}' OR override_reason <> ''),
	DROP CONSTRAINT appointment_practitioner,
	DROP CONSTRAINT appointment_room,
	DROP CONSTRAINT appointment_athlete,
	ADD CONSTRAINT appointment_practitioner EXCLUDE USING gist (practitioner_id WITH =,
		tstzrange(blocked_from, blocked_until) WITH &&, organisation_id WITH =)
		WHERE (state IN ('held', 'booked', 'checked_in', 'completed')),
	ADD CONSTRAINT appointment_room EXCLUDE USING gist (room_id WITH =, place WITH =,
		tstzrange(blocked_from, blocked_until) WITH &&, organisation_id WITH =)
		WHERE (state IN ('held', 'booked', 'checked_in', 'completed')),
	ADD CONSTRAINT appointment_athlete EXCLUDE USING gist (athlete_id WITH =,
		tstzrange(starts_at, ends_at) WITH &&, organisation_id WITH =)
		WHERE (state IN ('held', 'booked', 'checked_in', 'completed'));
DROP INDEX appointment_practitioner_busy, appointment_room_busy;
-- Availability reads these three from the index alone.
CREATE INDEX appointment_practitioner_busy
	ON appointment (organisation_id, practitioner_id, blocked_from, blocked_until)
	INCLUDE (packed)
	WHERE state IN ('held', 'booked', 'checked_in', 'completed');
CREATE INDEX appointment_room_busy
	ON appointment (organisation_id, room_id, blocked_from, blocked_until)
	WHERE state IN ('held', 'booked', 'checked_in', 'completed');
CREATE INDEX appointment_clinic_busy
	ON appointment (organisation_id, clinic_id, blocked_from)
	INCLUDE (blocked_until, practitioner_id, packed)
	WHERE state IN ('held', 'booked', 'checked_in', 'completed');
-- What a practitioner's busy times do not show, for lists.
CREATE INDEX appointment_practitioner_ended ON appointment (organisation_id, practitioner_id, starts_at)
	WHERE state IN ('cancelled', 'no_show', 'expired');
CREATE INDEX appointment_held ON appointment (hold_expires_at) WHERE state = 'held';
CREATE INDEX appointment_of_series ON appointment (organisation_id, series_id)
	WHERE series_id IS NOT NULL;

-- Every earlier state of an appointment, kept by the trigger whatever path changes it.
CREATE TABLE appointment_history (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	version         int         NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	room_id         uuid        NOT NULL,
	place           int         NOT NULL,
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL,
	state           text        NOT NULL,
	state_at        timestamptz,
	state_reason    text        NOT NULL,
	state_by        text        NOT NULL,
	grade                  text   NOT NULL,
	timing_override_reason text   NOT NULL,
	override_reason        text   NOT NULL,
	overridden             text[] NOT NULL,
	CONSTRAINT appointment_history_key PRIMARY KEY (organisation_id, appointment_id, version)
);
ALTER TABLE appointment_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointment_history FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON appointment_history
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT ON appointment_history TO {{service}};

-- What is over stays as it ended; what is moved stays booked. Who it is for and of what service it is
-- never change: the service has no right to those columns.
CREATE OR REPLACE FUNCTION appointment_move() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT (CASE OLD.state
		WHEN 'held' THEN NEW.state IN ('booked', 'cancelled', 'expired')
		WHEN 'booked' THEN
			NEW.state IN ('booked', 'checked_in', 'completed', 'cancelled', 'no_show')
		WHEN 'checked_in' THEN NEW.state IN ('completed', 'cancelled')
		ELSE false
	END) THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_state_moves',
			MESSAGE = format('an appointment does not go from %s to %s', OLD.state, NEW.state);
	END IF;
	INSERT INTO appointment_history (organisation_id, appointment_id, version, practitioner_id,
		clinic_id, room_id, place, starts_at, ends_at, state, state_at, state_reason, state_by,
		grade, timing_override_reason, override_reason, overridden)
	VALUES (OLD.organisation_id, OLD.appointment_id, OLD.version, OLD.practitioner_id,
		OLD.clinic_id, OLD.room_id, OLD.place, OLD.starts_at, OLD.ends_at, OLD.state,
		OLD.state_at, OLD.state_reason, OLD.state_by, OLD.grade, OLD.timing_override_reason,
		OLD.override_reason, OLD.overridden);
	NEW.version := OLD.version + 1;
	RETURN NEW;
END $$;

REVOKE INSERT, UPDATE ON appointment FROM {{service}};
GRANT INSERT (organisation_id, appointment_id, athlete_id, practitioner_id, clinic_id, room_id, place,
	service_id, starts_at, ends_at, blocked_from, blocked_until, state, hold_expires_at, series_id,
	grade, timing_override_reason, override_reason, overridden, idempotency_key, booked_at,
	booked_by) ON appointment TO {{service}};
GRANT UPDATE (state, state_at, state_reason, state_by, practitioner_id, clinic_id, room_id, place,
	starts_at, ends_at, blocked_from, blocked_until, hold_expires_at, grade,
	timing_override_reason, override_reason, overridden) ON appointment TO {{service}};
-- The worker that ends holds looks over all tenants, and writes in the unit of one.
CREATE POLICY outlook ON appointment FOR SELECT USING ((SELECT every_tenant()));
