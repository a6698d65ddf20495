-- A practitioner whom clinics bound gives themselves no right to read by booking a visit or moving one to themselves:
-- else every record would be a booking away, with no reason and no alert (that is what the glass is for). Theirs
-- counts where the athlete has no home clinic. NULL: the desk's word, a lead's, the athlete's.
ALTER TABLE appointment ADD COLUMN own_word_of uuid;
DROP INDEX appointment_of_athlete;
CREATE INDEX appointment_of_athlete ON appointment
	(organisation_id, athlete_id, clinic_id, practitioner_id, own_word_of) WHERE state <> 'cancelled';

-- Who treated somebody, or stands in at a clinic where they do not work, goes on reading. At 'infinity', where what is
-- asked is a right to write on what others wrote, that does not count: else one signed visit made of a glass that was
-- broken for four hours a right to type into every colleague's record of this athlete. There a visit counts at a
-- clinic of theirs alone. Else as in 0024. By appointment_of_athlete, encounter_by_athlete, note_version, glass_open,
-- practitioner_key and athlete_key.
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
				AND (visit.own_word_of IS DISTINCT FROM reader OR EXISTS (
					SELECT FROM athlete AS known
					WHERE known.organisation_id = organisation
						AND known.athlete_id = visit.athlete_id AND known.home_clinic_id IS NULL
					OFFSET 0))
			OFFSET 0
		)
		OR EXISTS (
			SELECT FROM appointment AS visit
			WHERE visit.organisation_id = organisation AND visit.athlete_id = person.athlete_id
				AND visit.state <> 'cancelled' AND visit.practitioner_id = reader AND moment < 'infinity'
				AND (visit.own_word_of IS DISTINCT FROM reader OR EXISTS (
					SELECT FROM athlete AS known
					WHERE known.organisation_id = organisation
						AND known.athlete_id = visit.athlete_id AND known.home_clinic_id IS NULL
					OFFSET 0))
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
