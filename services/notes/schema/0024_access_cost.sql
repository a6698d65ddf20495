-- What a search asks of each note it finds costs the same whatever else there is: the visits of one athlete by
-- one index alone, and no list of the whole organisation's, which the planner would make where an EXISTS can be
-- turned into one (OFFSET 0 keeps it from that).
DROP INDEX appointment_by_athlete;
CREATE INDEX appointment_of_athlete ON appointment (organisation_id, athlete_id, clinic_id, practitioner_id)
	WHERE state <> 'cancelled';

-- Who treated somebody goes on reading the record: whose note of a visit is signed. A visit that was only opened, by
-- whomever, gives a day to treat and to write; it makes no lasting right of a glass that was broken for four hours.
-- Else as in 0004. By appointment_of_athlete, encounter_by_athlete, note_version, glass_open, practitioner_key and
-- athlete_key.
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
				AND (encounter.opened_at > moment - interval '1 day' OR EXISTS (
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
