-- Signatures are put under the newest version: what is read of a note before one is given may have been amended
-- meanwhile. By note_signature_key and note_version.
CREATE OR REPLACE FUNCTION follows_the_signature_before() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM note_signature WHERE organisation_id = NEW.organisation_id
			AND note_id = NEW.note_id AND number = NEW.number - 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a signature follows the one before it';
	END IF;
	IF EXISTS (SELECT FROM note JOIN note AS later ON later.organisation_id = note.organisation_id
			AND later.encounter_id = note.encounter_id AND later.version = note.version + 1
			WHERE note.organisation_id = NEW.organisation_id AND note.note_id = NEW.note_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'this version was amended';
	END IF;
	RETURN NEW;
END $$;
