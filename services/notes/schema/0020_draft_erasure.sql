-- A save and the erasure of its athlete at the same moment take turns: what is saved first is erased, and what
-- comes second is refused. The athlete's row is read under its lock, for the newest that there is.
CREATE OR REPLACE FUNCTION draft_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	owner uuid;
	gone timestamptz;
BEGIN
	SELECT athlete_id INTO owner FROM encounter WHERE organisation_id = NEW.organisation_id
		AND encounter_id = NEW.encounter_id FOR UPDATE;
	IF NEW.note_version <> (SELECT coalesce(max(version), 0) + 1 FROM note
			WHERE organisation_id = NEW.organisation_id AND encounter_id = NEW.encounter_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this note is signed: amend it';
	END IF;
	SELECT erased_at INTO gone FROM athlete
	WHERE organisation_id = NEW.organisation_id AND athlete_id = owner FOR SHARE;
	IF gone IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this athlete was erased';
	END IF;
	RETURN NEW;
END $$;
