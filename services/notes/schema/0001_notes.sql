-- What was found, done and agreed. clinic, practitioner, athlete, treatment_consent, appointment and
-- upstream_review are copies, kept by the events of directory, scheduling and analytics; no key ties
-- them together, for events of different services come in any order.

CREATE TABLE clinic (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	CONSTRAINT clinic_key PRIMARY KEY (organisation_id, clinic_id)
);

CREATE TABLE practitioner (
	organisation_id uuid NOT NULL,
	practitioner_id uuid NOT NULL,
	CONSTRAINT practitioner_key PRIMARY KEY (organisation_id, practitioner_id)
);

CREATE TABLE athlete (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	CONSTRAINT athlete_key PRIMARY KEY (organisation_id, athlete_id)
);

-- R5: every word on treatment; granted = false is a withdrawal. The newest before an instant is what
-- was in force then.
CREATE TABLE treatment_consent (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	consent_id      uuid        NOT NULL,
	granted         boolean     NOT NULL,
	text_version    text        NOT NULL,
	recorded_at     timestamptz NOT NULL,
	CONSTRAINT treatment_consent_key PRIMARY KEY (organisation_id, athlete_id, recorded_at, consent_id)
);

CREATE TABLE appointment (
	organisation_id uuid        NOT NULL,
	appointment_id  uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	state           text        NOT NULL,
	ends_at         timestamptz NOT NULL,
	CONSTRAINT appointment_key PRIMARY KEY (organisation_id, appointment_id)
);

-- O5; answered_at is NULL while the review is open.
CREATE TABLE upstream_review (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	review_id       uuid        NOT NULL,
	area            text        NOT NULL,
	side            text        NOT NULL,
	advice          text        NOT NULL,
	raised_at       timestamptz NOT NULL,
	answered_at     timestamptz,
	CONSTRAINT upstream_review_key PRIMARY KEY (organisation_id, athlete_id, review_id)
);

-- K1-K5. items are the coded answers that applied; the newest of a visit counts: visit_id is the
-- appointment, or the encounter of a walk-in. An athlete's holds what staff found before, so that it
-- cannot be lifted from home.
CREATE TABLE screening (
	organisation_id uuid        NOT NULL,
	screening_id    uuid        NOT NULL,
	visit_id        uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	items           text[]      NOT NULL,
	outcome         text        NOT NULL CHECK (outcome IN ('clear', 'proceed_with_care',
		'assess_first', 'refer', 'defer', 'do_not_treat')),
	recorded_at     timestamptz NOT NULL,
	recorded_by     text        NOT NULL,
	by_staff        boolean     NOT NULL,
	CONSTRAINT screening_key PRIMARY KEY (organisation_id, screening_id)
);
CREATE INDEX screening_newest
	ON screening (organisation_id, visit_id, recorded_at, screening_id);

CREATE TABLE encounter (
	organisation_id uuid        NOT NULL,
	encounter_id    uuid        NOT NULL,
	appointment_id  uuid, -- NULL: a walk-in
	athlete_id      uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	opened_at       timestamptz NOT NULL,
	opened_by       text        NOT NULL,
	CONSTRAINT encounter_key PRIMARY KEY (organisation_id, encounter_id),
	-- One visit has one record, also when two open it at the same moment.
	CONSTRAINT encounter_appointment UNIQUE (organisation_id, appointment_id)
);

-- One version of a signed note: content is the message in its canonical encoding, content_hash its
-- BLAKE2b-256. The columns and the tables beside it hold parts of it again, to be searched and counted.
-- An amendment is a row of its own that names the one before, and why.
CREATE TABLE note (
	organisation_id uuid        NOT NULL,
	note_id         uuid        NOT NULL,
	encounter_id    uuid        NOT NULL,
	appointment_id  uuid,
	athlete_id      uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	screening_id    uuid,
	version         int         NOT NULL,
	amends_note_id  uuid,
	reason          text        NOT NULL,
	cosigner_id     uuid,
	treated_at      timestamptz NOT NULL,
	signed_at       timestamptz NOT NULL,
	signed_by       text        NOT NULL,
	complaint       text        NOT NULL,
	tissue_to_calm  text        NOT NULL,
	why_overloaded  text        NOT NULL,
	drivers         text[]      NOT NULL,
	procedure_code  text        NOT NULL CHECK (procedure_code IN ('', '20560', '20561')),
	thorax          boolean     NOT NULL,
	content         bytea       NOT NULL,
	content_hash    bytea       NOT NULL CHECK (octet_length(content_hash) = 32),
	CONSTRAINT note_key PRIMARY KEY (organisation_id, note_id),
	-- One version is the first, and one follows each, also when two sign at the same moment.
	CONSTRAINT note_version UNIQUE (organisation_id, encounter_id, version),
	CONSTRAINT note_amends CHECK ((version = 1) = (amends_note_id IS NULL)
		AND (version > 1) = (reason <> '') AND version > 0),
	CONSTRAINT note_amended FOREIGN KEY (organisation_id, amends_note_id)
		REFERENCES note (organisation_id, note_id),
	CONSTRAINT note_of_encounter FOREIGN KEY (organisation_id, encounter_id) REFERENCES encounter,
	CONSTRAINT note_screening FOREIGN KEY (organisation_id, screening_id) REFERENCES screening
);
CREATE INDEX note_by_athlete ON note (organisation_id, athlete_id, signed_at, note_id);

-- R1.
CREATE TABLE note_site (
	organisation_id       uuid             NOT NULL,
	note_id               uuid             NOT NULL,
	position              int              NOT NULL,
	muscle                text             NOT NULL,
	side                  text             NOT NULL CHECK (side IN ('left', 'right')),
	approach              text             NOT NULL,
	gauge_um              int              NOT NULL,
	length_mm             int              NOT NULL,
	depth_mm              int              NOT NULL,
	insertions            int              NOT NULL,
	retention_s           int              NOT NULL,
	local_twitch_response boolean          NOT NULL,
	referral              boolean          NOT NULL,
	pain_during           double precision,
	needles_in            int              NOT NULL,
	needles_out           int              NOT NULL,
	finding_keys          text[]           NOT NULL,
	CONSTRAINT note_site_key PRIMARY KEY (organisation_id, note_id, position),
	CONSTRAINT note_site_note FOREIGN KEY (organisation_id, note_id) REFERENCES note,
	CONSTRAINT note_site_needles CHECK (needles_in = needles_out AND needles_in > 0),
	CONSTRAINT note_site_finding CHECK (cardinality(finding_keys) > 0)
);

-- The treated areas, as analytics counts them.
CREATE TABLE note_area (
	organisation_id uuid NOT NULL,
	note_id         uuid NOT NULL,
	position        int  NOT NULL,
	area            text NOT NULL,
	side            text NOT NULL CHECK (side IN ('left', 'right')),
	CONSTRAINT note_area_key PRIMARY KEY (organisation_id, note_id, position),
	CONSTRAINT note_area_note FOREIGN KEY (organisation_id, note_id) REFERENCES note
);

CREATE TABLE note_measure (
	organisation_id uuid             NOT NULL,
	note_id         uuid             NOT NULL,
	position        int              NOT NULL,
	instrument      text             NOT NULL,
	area            text             NOT NULL,
	side            text             NOT NULL CHECK (side IN ('', 'left', 'right')),
	moment          text             NOT NULL CHECK (moment IN ('before', 'after')),
	value           double precision NOT NULL,
	CONSTRAINT note_measure_key PRIMARY KEY (organisation_id, note_id, position),
	CONSTRAINT note_measure_note FOREIGN KEY (organisation_id, note_id) REFERENCES note
);

-- The record of a signed note stays with whom it was.
CREATE FUNCTION encounter_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM note WHERE organisation_id = OLD.organisation_id
			AND encounter_id = OLD.encounter_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'the note of this encounter is signed';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER unchanged BEFORE UPDATE ON encounter
	FOR EACH ROW EXECUTE FUNCTION encounter_is_signed();

-- Nothing is put into a note once it is signed: its parts come in the transaction that writes it.
CREATE FUNCTION with_their_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (
		SELECT FROM added
		LEFT JOIN note ON note.organisation_id = added.organisation_id
			AND note.note_id = added.note_id AND note.xmin = pg_current_xact_id()::xid
		WHERE note.note_id IS NULL
	) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a signed note takes nothing else';
	END IF;
	RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['note_site', 'note_area', 'note_measure']
	LOOP
		EXECUTE format('CREATE TRIGGER with_their_note AFTER INSERT ON %I
			REFERENCING NEW TABLE AS added
			FOR EACH STATEMENT EXECUTE FUNCTION with_their_note()', name);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['clinic', 'practitioner', 'athlete', 'treatment_consent',
		'appointment', 'upstream_review', 'screening', 'encounter', 'note', 'note_site',
		'note_area', 'note_measure']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['screening', 'note', 'note_site', 'note_area', 'note_measure']
	LOOP
		EXECUTE format('CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON %I
			FOR EACH ROW EXECUTE FUNCTION append_only()', name);
		EXECUTE format('CREATE TRIGGER untruncated BEFORE TRUNCATE ON %I
			FOR EACH STATEMENT EXECUTE FUNCTION append_only()', name);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['clinic', 'practitioner', 'athlete', 'treatment_consent', 'screening',
		'encounter', 'note', 'note_area']
	LOOP
		EXECUTE format('GRANT SELECT, INSERT ON %I TO {{service}}', name);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['appointment', 'upstream_review']
	LOOP
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO {{service}}', name);
	END LOOP;
END $$;
GRANT SELECT ON note_site, note_measure TO {{service}};
GRANT INSERT ON note_site, note_measure TO {{service}};
-- Who treats takes over what the check-in opened, until the note is signed.
GRANT UPDATE (practitioner_id, opened_by) ON encounter TO {{service}};
