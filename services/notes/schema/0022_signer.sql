-- A note is signed by the practitioner of its encounter, also when another takes the visit over at the same
-- moment: the encounter is locked against that, and read under the lock.
CREATE OR REPLACE FUNCTION draft_was_read() RETURNS trigger LANGUAGE plpgsql AS $$
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
