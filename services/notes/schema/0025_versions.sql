-- The words of a text, as notes keep them and a search asks for them. A slash or a full stop parts words here:
-- the parser would take left/right for a file and tight.Calf for a host.
CREATE FUNCTION words_of(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT tsvector_to_array(to_tsvector('simple', translate(words, '/.', '  '))) $$;

-- Besides its author's signature (0021) an amendment has the version before it, of the same encounter, as what it
-- amends: a version that nothing leads to would stand beside the newest one. By note_signature_key and
-- note_version.
CREATE OR REPLACE FUNCTION is_authored() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM note_signature WHERE organisation_id = NEW.organisation_id
			AND note_id = NEW.note_id AND number = 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a note comes with its author''s signature';
	END IF;
	IF NEW.version > 1 AND NOT EXISTS (SELECT FROM note WHERE organisation_id = NEW.organisation_id
			AND encounter_id = NEW.encounter_id AND version = NEW.version - 1
			AND note_id = NEW.amends_note_id) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'an amendment follows the version that it amends';
	END IF;
	RETURN NULL;
END $$;

-- What is put under a note follows what is there: a number that nothing leads to could never be read as whole
-- again. By note_signature_key.
CREATE FUNCTION follows_the_signature_before() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM note_signature WHERE organisation_id = NEW.organisation_id
			AND note_id = NEW.note_id AND number = NEW.number - 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a signature follows the one before it';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT ON note_signature
	FOR EACH ROW WHEN (NEW.number > 1) EXECUTE FUNCTION follows_the_signature_before();
