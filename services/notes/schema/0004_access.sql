-- Who may read an athlete's record. clinic_ids, home_clinic_id: copies of directory's.
ALTER TABLE practitioner ADD clinic_ids uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE athlete ADD home_clinic_id uuid;
GRANT UPDATE (clinic_ids) ON practitioner TO {{service}};
GRANT UPDATE (home_clinic_id) ON athlete TO {{service}};
CREATE INDEX appointment_by_athlete ON appointment (organisation_id, athlete_id);
CREATE INDEX encounter_by_athlete ON encounter (organisation_id, athlete_id, practitioner_id);

-- A practitioner who opened the record of an athlete of other clinics, and why. Append-only.
CREATE TABLE glass (
	organisation_id uuid        NOT NULL,
	glass_id        uuid        NOT NULL,
	practitioner_id uuid        NOT NULL,
	athlete_id      uuid        NOT NULL,
	reason          text        NOT NULL CHECK (reason <> ''),
	broken_at       timestamptz NOT NULL,
	until_at        timestamptz NOT NULL CHECK (until_at > broken_at),
	CONSTRAINT glass_key PRIMARY KEY (organisation_id, glass_id)
);
CREATE INDEX glass_open ON glass (organisation_id, athlete_id, practitioner_id, until_at);
ALTER TABLE glass ENABLE ROW LEVEL SECURITY;
ALTER TABLE glass FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON glass
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON glass
	FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER untruncated BEFORE TRUNCATE ON glass
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
GRANT SELECT, INSERT ON glass TO {{service}};

-- One row when practitioner `reader` may read the record of `athlete` at `moment`, under whichever of the
-- person's ids there is a reason, else none; a NULL reader is one whom clinics do not bound. A function of
-- rows, because the planner inlines those:
--     WHERE EXISTS (SELECT FROM access_of($1, $4::uuid, note.athlete_id, $5))
-- By appointment_by_athlete, encounter_by_athlete, glass_open, practitioner_key and athlete_key.
CREATE FUNCTION access_of(organisation uuid, reader uuid, athlete uuid, moment timestamptz)
RETURNS TABLE (may_read boolean) LANGUAGE sql STABLE AS $$
	SELECT true
	WHERE reader IS NULL OR EXISTS (
		SELECT FROM person_ids(organisation, athlete) AS person
		WHERE EXISTS (
			SELECT FROM appointment AS visit
			LEFT JOIN practitioner ON practitioner.organisation_id = organisation
				AND practitioner.practitioner_id = reader
			WHERE visit.organisation_id = organisation AND visit.athlete_id = person.athlete_id
				AND visit.state <> 'cancelled' AND (visit.practitioner_id = reader
					OR visit.clinic_id = ANY (practitioner.clinic_ids))
		)
		OR EXISTS (
			SELECT FROM athlete AS known
			JOIN practitioner ON practitioner.organisation_id = organisation
				AND practitioner.practitioner_id = reader
			WHERE known.organisation_id = organisation AND known.athlete_id = person.athlete_id
				AND known.home_clinic_id = ANY (practitioner.clinic_ids)
		)
		OR EXISTS (
			SELECT FROM encounter
			WHERE encounter.organisation_id = organisation
				AND encounter.athlete_id = person.athlete_id AND encounter.practitioner_id = reader
		)
		OR EXISTS (
			SELECT FROM glass
			WHERE glass.organisation_id = organisation AND glass.athlete_id = person.athlete_id
				AND glass.practitioner_id = reader AND glass.until_at > moment
		)
	)
$$;
