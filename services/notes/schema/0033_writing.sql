-- Who treated somebody goes on reading the record. At 'infinity', where what is asked is a right to write on what
-- others wrote, that does not count: else one signed visit made of a glass that was broken for four hours a right
-- to type into every colleague's record of this athlete. Else as in 0024.
CREATE OR REPLACE FUNCTION access_of(organisation uuid, reader uuid, athlete uuid, moment timestamptz)
RETURNS TABLE (may_read boolean) LANGUAGE sql STABLE AS $$
	SELECT true
	WHERE reader IS NULL OR EXISTS (
		SELECT FROM person_ids(organisation, athlete) AS person
		WHERE EXISTS (
			SELECT FROM athlete AS known
			WHERE known.organisation_id = organisation AND known.athlete_id = person.athlete_id
				AND known.home_clinic_id = ANY ((SELECT clinic_ids FROM practitioner
					WHERE organisation_id = organisation AND practitioner_id = reader)::uuid[])
			OFFSET 0
		)
		OR EXISTS (
			SELECT FROM appointment AS visit
			WHERE visit.organisation_id = organisation AND visit.athlete_id = person.athlete_id
				AND visit.state <> 'cancelled' AND visit.clinic_id = ANY (
					(SELECT clinic_ids FROM practitioner
					WHERE organisation_id = organisation AND practitioner_id = reader)::uuid[])
			OFFSET 0
		)
		OR EXISTS (
			SELECT FROM appointment AS visit
			WHERE visit.organisation_id = organisation AND visit.athlete_id = person.athlete_id
				AND visit.state <> 'cancelled' AND visit.practitioner_id = reader
			OFFSET 0
		)
		OR EXISTS (
			SELECT FROM encounter
			WHERE encounter.organisation_id = organisation
				AND encounter.athlete_id = person.athlete_id AND encounter.practitioner_id = reader
				AND (encounter.opened_at > moment - interval '1 day' OR moment < 'infinity' AND EXISTS (
					SELECT FROM note WHERE note.organisation_id = organisation
						AND note.encounter_id = encounter.encounter_id
					OFFSET 0))
			OFFSET 0
		)
		OR EXISTS (
			SELECT FROM glass
			WHERE glass.organisation_id = organisation AND glass.athlete_id = person.athlete_id
				AND glass.practitioner_id = reader AND glass.until_at > moment
			OFFSET 0
		)
		OFFSET 0
	)
$$;

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
