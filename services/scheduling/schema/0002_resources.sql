-- What a visit needs beside time: rooms with places and equipment, practitioners with skills,
-- services that ask for them, the way between clinics, plans that limit visits.

ALTER TABLE room
	ADD name      text   NOT NULL DEFAULT '',
	ADD kind      text   NOT NULL DEFAULT '',
	ADD capacity  int    NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 50),
	ADD equipment text[] NOT NULL DEFAULT '{}';
ALTER TABLE practitioner ADD skills text[] NOT NULL DEFAULT '{}';
-- Where the practitioner works, as the directory says; none: nothing is said, and nothing refused.
ALTER TABLE practitioner ADD clinic_ids uuid[] NOT NULL DEFAULT '{}';

-- '' asks for nothing. cancel_cutoff: later than so long before the visit staff alone may cancel or
-- move it, and say why.
ALTER TABLE service
	ADD skill                 text   NOT NULL DEFAULT '',
	ADD room_kind             text   NOT NULL DEFAULT '',
	ADD equipment             text[] NOT NULL DEFAULT '{}',
	ADD modalities            text[] NOT NULL DEFAULT '{}',
	ADD cancel_cutoff_minutes int    NOT NULL DEFAULT 0 CHECK (cancel_cutoff_minutes BETWEEN 0 AND 20160),
	ADD hold_minutes          int    NOT NULL DEFAULT 10 CHECK (hold_minutes BETWEEN 1 AND 1440);

-- From one clinic to another, one way.
CREATE TABLE travel (
	organisation_id uuid NOT NULL,
	from_clinic_id  uuid NOT NULL,
	to_clinic_id    uuid NOT NULL CHECK (to_clinic_id <> from_clinic_id),
	minutes         int  NOT NULL CHECK (minutes BETWEEN 0 AND 720),
	CONSTRAINT travel_key PRIMARY KEY (organisation_id, from_clinic_id, to_clinic_id)
);

-- So many visits of a service (NULL: of any) that start in [starts_at, ends_at). Its row is the lock
-- under which they are counted.
CREATE TABLE visit_plan (
	organisation_id uuid        NOT NULL,
	plan_id         uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	service_id      uuid,
	name            text        NOT NULL,
	visits          int         NOT NULL CHECK (visits BETWEEN 1 AND 1000),
	starts_at       timestamptz NOT NULL,
	ends_at         timestamptz NOT NULL CHECK (ends_at > starts_at),
	CONSTRAINT visit_plan_key PRIMARY KEY (organisation_id, plan_id)
);
CREATE INDEX visit_plan_of_athlete ON visit_plan (organisation_id, athlete_id);

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['travel', 'visit_plan']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO {{service}}', name);
	END LOOP;
END $$;
GRANT DELETE ON travel TO {{service}};
