-- Drafts of the next note of an encounter (note_version: which it will be), a row for each save that
-- changed something. content is the draft from then on; of a refused save, what was typed, which did not
-- get in. typed is what a merged save was made of, NULL where that is content. Not part of the record.
CREATE TABLE draft (
	organisation_id uuid        NOT NULL,
	encounter_id    uuid        NOT NULL,
	note_version    int         NOT NULL CHECK (note_version > 0),
	version         int         NOT NULL CHECK (version > 0),
	base_version    int         NOT NULL CHECK (base_version >= 0 AND base_version < version),
	refused         boolean     NOT NULL,
	saved_at        timestamptz NOT NULL,
	saved_by        text        NOT NULL,
	content         bytea       NOT NULL CHECK (octet_length(content) <= 131072),
	typed           bytea       CHECK (octet_length(typed) <= 131072),
	-- One save follows a version, also when two save at the same moment.
	CONSTRAINT draft_key PRIMARY KEY (organisation_id, encounter_id, note_version, version),
	CONSTRAINT draft_of_encounter FOREIGN KEY (organisation_id, encounter_id) REFERENCES encounter
);

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON draft
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));

-- A signed note takes nothing else. A signature shares its encounter's row by a foreign key, which FOR
-- UPDATE waits for: of a save and a signature at the same moment, the second sees the first.
CREATE FUNCTION draft_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM encounter WHERE organisation_id = NEW.organisation_id
		AND encounter_id = NEW.encounter_id FOR UPDATE;
	IF NEW.note_version <> (SELECT coalesce(max(version), 0) + 1 FROM note
			WHERE organisation_id = NEW.organisation_id AND encounter_id = NEW.encounter_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this note is signed: amend it';
	END IF;
	IF EXISTS (SELECT FROM encounter
			JOIN athlete USING (organisation_id, athlete_id)
			WHERE encounter.organisation_id = NEW.organisation_id
				AND encounter_id = NEW.encounter_id AND erased_at IS NOT NULL) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this athlete was erased';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER open BEFORE INSERT ON draft FOR EACH ROW EXECUTE FUNCTION draft_is_open();

-- What was typed goes with the athlete's contact data alone.
CREATE FUNCTION draft_is_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM encounter
			JOIN athlete USING (organisation_id, athlete_id)
			WHERE encounter.organisation_id = OLD.organisation_id
				AND encounter_id = OLD.encounter_id AND erased_at IS NOT NULL) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a draft keeps its versions';
	END IF;
	RETURN OLD;
END $$;
CREATE TRIGGER erased BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION draft_is_erased();
CREATE TRIGGER unchanged BEFORE UPDATE ON draft FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON draft
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
GRANT SELECT, INSERT, DELETE ON draft TO {{service}};
