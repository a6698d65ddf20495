-- What was asked for is no longer waited for once it is given, whoever gives it and by whatever path.
CREATE FUNCTION gives_a_cosignature() RETURNS trigger LANGUAGE plpgsql
SET search_path = {{service}}, pg_temp SET enable_seqscan = off AS $$
BEGIN
	DELETE FROM cosignature_due WHERE organisation_id = NEW.organisation_id AND note_id = NEW.note_id;
	RETURN NULL;
END $$;
CREATE TRIGGER gives_a_cosignature AFTER INSERT ON note_signature
	FOR EACH ROW WHEN (NEW.meaning = 'cosigner') EXECUTE FUNCTION gives_a_cosignature();
