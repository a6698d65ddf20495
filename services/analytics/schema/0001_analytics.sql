-- Was it worth it: facts by the events of notes and reminders, and the upstream reviews that follow.
-- What is judged (O1-O4) is reckoned from the facts when it is asked, so facts may come late and in
-- any order. clinic and athlete are copies; no key ties them to facts, which may be there first.

CREATE TABLE clinic (
	organisation_id uuid NOT NULL,
	clinic_id       uuid NOT NULL,
	CONSTRAINT clinic_key PRIMARY KEY (organisation_id, clinic_id)
);

CREATE TABLE athlete (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	CONSTRAINT athlete_key PRIMARY KEY (organisation_id, athlete_id)
);

-- One signed note. needled: sites were treated, also of muscles that belong to no area.
CREATE TABLE visit (
	organisation_id uuid        NOT NULL,
	note_id         uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	treated_at      timestamptz NOT NULL,
	needled         boolean     NOT NULL,
	drivers         text[]      NOT NULL,
	CONSTRAINT visit_key PRIMARY KEY (organisation_id, note_id)
);
CREATE INDEX visit_by_clinic ON visit (organisation_id, clinic_id, treated_at);
CREATE INDEX visit_by_athlete ON visit (organisation_id, athlete_id, treated_at);

-- One treated area of one side at one visit.
CREATE TABLE treatment (
	organisation_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	area            text        NOT NULL,
	side            text        NOT NULL CHECK (side IN ('left', 'right')),
	treated_at      timestamptz NOT NULL,
	note_id         uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	CONSTRAINT treatment_key PRIMARY KEY (organisation_id, note_id, area, side)
);
CREATE INDEX treatment_by_athlete ON treatment (organisation_id, athlete_id, treated_at);

-- A value, once: measure_id follows from what said it, and told_at is that one's time. moment is ''
-- outside a note. scoring_version is the instrument's when it was written, 0 for an unknown one.
CREATE TABLE measure (
	organisation_id uuid             NOT NULL,
	measure_id      uuid             NOT NULL,
	athlete_id      uuid             NOT NULL,
	note_id         uuid,
	source          text             NOT NULL CHECK (source IN ('note', 'check_in', 'desk')),
	instrument      text             NOT NULL,
	scoring_version int              NOT NULL,
	area            text             NOT NULL,
	side            text             NOT NULL CHECK (side IN ('', 'left', 'right')),
	moment          text             NOT NULL CHECK (moment IN ('', 'before', 'after')),
	value           double precision NOT NULL,
	taken_at        timestamptz      NOT NULL,
	told_at         timestamptz      NOT NULL,
	CONSTRAINT measure_key PRIMARY KEY (organisation_id, measure_id, told_at),
	CONSTRAINT measure_moment CHECK ((moment = '') = (note_id IS NULL))
) PARTITION BY RANGE (told_at);
CREATE INDEX measure_by_athlete ON measure (organisation_id, athlete_id, taken_at);

-- O5. visits, advice and raised_at stay as they were raised; it is answered once.
CREATE TABLE review (
	organisation_id uuid        NOT NULL,
	review_id       uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	clinic_id       uuid        NOT NULL,
	area            text        NOT NULL,
	side            text        NOT NULL,
	visits          int         NOT NULL,
	raised_at       timestamptz NOT NULL,
	advice          text        NOT NULL,
	answer          text        NOT NULL DEFAULT '',
	driver          text        NOT NULL DEFAULT ''
		CHECK (driver IN ('', 'load', 'strength', 'mechanics', 'recovery', 'other')),
	answered_at     timestamptz,
	answered_by     text        NOT NULL DEFAULT '',
	CONSTRAINT review_key PRIMARY KEY (organisation_id, review_id),
	CONSTRAINT review_answer CHECK (CASE WHEN answered_at IS NULL THEN answer = '' AND driver = ''
		ELSE answer <> '' AND driver <> '' END)
);
CREATE UNIQUE INDEX review_one_open ON review (organisation_id, athlete_id, area, side)
	WHERE answered_at IS NULL;
CREATE INDEX review_by_athlete ON review (organisation_id, athlete_id, raised_at);
CREATE INDEX review_open ON review (organisation_id, raised_at, review_id) WHERE answered_at IS NULL;
CREATE INDEX review_newest ON review (organisation_id, raised_at, review_id);

CREATE FUNCTION answered_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.answered_at IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'an answered review does not change';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER review_answered BEFORE UPDATE ON review
	FOR EACH ROW EXECUTE FUNCTION answered_stays();

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['clinic', 'athlete', 'visit', 'treatment', 'measure', 'review']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY tenant ON %I
			USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
		EXECUTE format('GRANT SELECT, INSERT ON %I TO {{service}}', name);
	END LOOP;
END $$;
-- An amended note takes back what it said (facts_withdraw).
GRANT DELETE ON visit, treatment, measure TO {{service}};
GRANT UPDATE (answer, driver, answered_at, answered_by) ON review TO {{service}};
