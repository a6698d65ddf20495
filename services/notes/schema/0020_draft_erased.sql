-- A save reads whether the athlete was erased under a lock: of a save and an erasure at the same moment the
-- second waits for the first, and sees it. Else what was saved meanwhile would outlive the erasure.
CREATE OR REPLACE FUNCTION draft_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	saved_for uuid;
	erased timestamptz;
BEGIN
	SELECT athlete_id INTO saved_for FROM encounter WHERE organisation_id = NEW.organisation_id
		AND encounter_id = NEW.encounter_id FOR UPDATE;
	IF NEW.note_version <> (SELECT coalesce(max(version), 0) + 1 FROM note
			WHERE organisation_id = NEW.organisation_id AND encounter_id = NEW.encounter_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this note is signed: amend it';
	END IF;
	SELECT erased_at INTO erased FROM athlete WHERE organisation_id = NEW.organisation_id
		AND athlete_id = saved_for FOR SHARE;
	IF erased IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this athlete was erased';
	END IF;
	RETURN NEW;
END $$;
