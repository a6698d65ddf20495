-- A note is what its author signed: the first signature under it is the author's, no other is, and no note
-- comes without it.
ALTER TABLE note_signature ADD CONSTRAINT note_signature_author CHECK ((number = 1) = (meaning = 'author'));

-- By note_signature_key: once for each note that is signed, at the end of its transaction.
CREATE FUNCTION is_authored() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM note_signature WHERE organisation_id = NEW.organisation_id
			AND note_id = NEW.note_id AND number = 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a note comes with its author''s signature';
	END IF;
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER authored AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION is_authored();
