-- Who and where. Every key begins with the organisation; events tell the other services.

CREATE TABLE organisation (
	organisation_id uuid        NOT NULL,
	name            text        NOT NULL,
	made_at         timestamptz NOT NULL,
	CONSTRAINT organisation_key PRIMARY KEY (organisation_id)
);

CREATE TABLE clinic (
	organisation_id uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	name            text        NOT NULL,
	zone            text        NOT NULL,
	jurisdiction    text        NOT NULL,
	made_at         timestamptz NOT NULL,
	CONSTRAINT clinic_key PRIMARY KEY (organisation_id, clinic_id),
	CONSTRAINT clinic_name UNIQUE (organisation_id, name),
	CONSTRAINT clinic_organisation FOREIGN KEY (organisation_id) REFERENCES organisation
);

CREATE TABLE room (
	organisation_id uuid        NOT NULL,
	room_id         uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	name            text        NOT NULL,
	made_at         timestamptz NOT NULL,
	CONSTRAINT room_key PRIMARY KEY (organisation_id, room_id),
	CONSTRAINT room_name UNIQUE (organisation_id, clinic_id, name),
	CONSTRAINT room_clinic FOREIGN KEY (organisation_id, clinic_id) REFERENCES clinic
);

CREATE TABLE practitioner (
	organisation_id uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	given_name      text        NOT NULL,
	family_name     text        NOT NULL,
	made_at         timestamptz NOT NULL,
	CONSTRAINT practitioner_key PRIMARY KEY (organisation_id, practitioner_id),
	CONSTRAINT practitioner_organisation FOREIGN KEY (organisation_id) REFERENCES organisation
);

CREATE TABLE practitioner_clinic (
	organisation_id uuid NOT NULL,
	practitioner_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	CONSTRAINT practitioner_clinic_key PRIMARY KEY (organisation_id, practitioner_id, clinic_id),
	CONSTRAINT practitioner_clinic_practitioner
		FOREIGN KEY (organisation_id, practitioner_id) REFERENCES practitioner,
	CONSTRAINT practitioner_clinic_clinic
		FOREIGN KEY (organisation_id, clinic_id) REFERENCES clinic
);

CREATE TABLE athlete (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	given_name      text        NOT NULL,
	family_name     text        NOT NULL,
	birth_date      date        NOT NULL,
	zone            text        NOT NULL,
	home_clinic_id  uuid,
	sport           text        NOT NULL,
	guardian_name   text        NOT NULL,
	registered_at   timestamptz NOT NULL,
	CONSTRAINT athlete_key PRIMARY KEY (organisation_id, athlete_id),
	CONSTRAINT athlete_organisation FOREIGN KEY (organisation_id) REFERENCES organisation,
	CONSTRAINT athlete_home_clinic FOREIGN KEY (organisation_id, home_clinic_id) REFERENCES clinic
);

-- Who registers an identifier first has it: two registrations of one athlete are settled here.
CREATE TABLE athlete_identifier (
	organisation_id uuid NOT NULL,
	system          text NOT NULL,
	value           text NOT NULL,
	athlete_id      uuid NOT NULL,
	position        int  NOT NULL,
	CONSTRAINT athlete_identifier_key PRIMARY KEY (organisation_id, system, value),
	CONSTRAINT athlete_identifier_athlete
		FOREIGN KEY (organisation_id, athlete_id) REFERENCES athlete
);
CREATE INDEX athlete_identifier_by_athlete ON athlete_identifier (organisation_id, athlete_id);

-- normal: as the value is compared: digits of a number, an address in lower case.
CREATE TABLE contact_point (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	position        int  NOT NULL,
	channel         text NOT NULL CHECK (channel IN ('sms', 'email', 'file')),
	value           text NOT NULL,
	normal          text NOT NULL,
	CONSTRAINT contact_point_key PRIMARY KEY (organisation_id, athlete_id, position),
	CONSTRAINT contact_point_athlete FOREIGN KEY (organisation_id, athlete_id) REFERENCES athlete
);
CREATE INDEX contact_point_normal ON contact_point (organisation_id, channel, normal);

-- R5: never changed; a withdrawal is a row of its own, and the newest counts.
CREATE TABLE consent (
	organisation_id uuid        NOT NULL,
	consent_id      uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	purpose         text        NOT NULL CHECK (purpose IN ('treatment', 'reminders', 'check_ins')),
	channel         text        NOT NULL CHECK (channel IN ('', 'sms', 'email', 'file')),
	granted         boolean     NOT NULL,
	text_version    text        NOT NULL,
	copy_given      boolean     NOT NULL,
	recorded_at     timestamptz NOT NULL,
	recorded_by     text        NOT NULL,
	CONSTRAINT consent_key PRIMARY KEY (organisation_id, consent_id),
	CONSTRAINT consent_athlete FOREIGN KEY (organisation_id, athlete_id) REFERENCES athlete
);
CREATE INDEX consent_by_athlete ON consent (organisation_id, athlete_id, recorded_at);

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['organisation', 'clinic', 'room', 'practitioner',
		'practitioner_clinic', 'athlete', 'athlete_identifier', 'contact_point', 'consent']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT ON %I TO {{service}}', name);
	END LOOP;
END $$;
