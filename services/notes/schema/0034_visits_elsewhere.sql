-- Who treats at a clinic where they do not work reads for it, and writes of their own visit. At 'infinity', where
-- what is asked is a right to write on what others wrote, a visit counts at a clinic of theirs alone. Else as in 0033.
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
				AND visit.state <> 'cancelled' AND visit.practitioner_id = reader AND moment < 'infinity'
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
