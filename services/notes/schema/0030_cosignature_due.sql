-- The list of what waits for a second signature is kept by the note that asks, or that says what an older one
-- said: a condition of the row costs the others nothing, as two more statements in each signing did.
CREATE FUNCTION asks_for_a_cosignature() RETURNS trigger LANGUAGE plpgsql
SET search_path = {{service}}, pg_temp SET enable_seqscan = off AS $$
BEGIN
	DELETE FROM cosignature_due
	WHERE organisation_id = NEW.organisation_id AND note_id = NEW.amends_note_id;
	IF NEW.cosigner_id IS NOT NULL THEN
		INSERT INTO cosignature_due (organisation_id, note_id, cosigner_id, signed_at)
		VALUES (NEW.organisation_id, NEW.note_id, NEW.cosigner_id, NEW.signed_at);
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER asks_for_a_cosignature AFTER INSERT ON note
	FOR EACH ROW WHEN (NEW.cosigner_id IS NOT NULL OR NEW.amends_note_id IS NOT NULL)
	EXECUTE FUNCTION asks_for_a_cosignature();
