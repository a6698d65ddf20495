-- How a draft ends. Its practitioner discards it: content is NULL then, and the next save begins anew. It is
-- forgotten when its note has long been signed; what was discarded long ago, before: the row that discards it
-- stays, so that numbers never begin again under who still types on one. A note names the version that its
-- signer had read.
ALTER TABLE draft ALTER content DROP NOT NULL;
ALTER TABLE draft ADD CONSTRAINT draft_discards CHECK (content IS NOT NULL OR NOT refused AND typed IS NULL);
CREATE INDEX draft_discarded ON draft (organisation_id, encounter_id, note_version, version)
	WHERE content IS NULL;
CREATE INDEX draft_begun ON draft (saved_at) WHERE version = 1 OR content IS NULL;

-- Who has old drafts concerns every organisation.
CREATE POLICY outlook ON draft FOR SELECT USING ((SELECT every_tenant()));

-- What goes: all of an ended draft, what is before a discarding, and of a long one what is neither its first
-- nor among the newest 200 (DRAFT_VERSIONS_KEPT). Never what is in the draft, nor what was refused of an open
-- one: nobody else has it.
DROP TRIGGER erased ON draft;
DROP FUNCTION draft_is_erased();
CREATE FUNCTION draft_has_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM note
			WHERE organisation_id = OLD.organisation_id AND encounter_id = OLD.encounter_id
				AND version = OLD.note_version)
		AND NOT EXISTS (SELECT FROM draft
			WHERE organisation_id = OLD.organisation_id AND encounter_id = OLD.encounter_id
				AND note_version = OLD.note_version AND version > OLD.version
				AND (content IS NULL OR NOT refused AND NOT OLD.refused
					AND OLD.content IS NOT NULL AND OLD.version > 1
					AND version >= OLD.version + 200))
		AND NOT EXISTS (SELECT FROM encounter
			JOIN athlete USING (organisation_id, athlete_id)
			WHERE encounter.organisation_id = OLD.organisation_id
				AND encounter_id = OLD.encounter_id AND erased_at IS NOT NULL) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'an open draft keeps its versions';
	END IF;
	RETURN OLD;
END $$;
CREATE TRIGGER ended BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION draft_has_ended();

-- The version that the signer read, NULL for none: a note is not written over what its signer has not read, nor
-- by who does not treat any more, also not when it is saved or taken over at the same moment. Both lock the
-- encounter, which is waited for, and a query that follows sees what they did. The row is passed over, not
-- refused: others sign with it.
ALTER TABLE note ADD draft_version int CHECK (draft_version > 0);
CREATE FUNCTION draft_was_read() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	treats uuid;
BEGIN
	SELECT practitioner_id INTO treats FROM encounter
	WHERE organisation_id = NEW.organisation_id AND encounter_id = NEW.encounter_id FOR SHARE;
	IF treats IS DISTINCT FROM NEW.practitioner_id
		OR NEW.draft_version IS DISTINCT FROM (SELECT CASE WHEN content IS NOT NULL THEN version END FROM draft
			WHERE organisation_id = NEW.organisation_id AND encounter_id = NEW.encounter_id
				AND note_version = NEW.version AND NOT refused
			ORDER BY version DESC LIMIT 1) THEN
		RETURN NULL;
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER read BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION draft_was_read();
