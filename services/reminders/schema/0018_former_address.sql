-- Addresses that athletes had before: nothing is sent there and nobody is known by them; an erasure takes what
-- was texted from them and that they opted out, as of those of today.
CREATE TABLE former_address (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	address         text NOT NULL,
	PRIMARY KEY (organisation_id, athlete_id, address)
);
ALTER TABLE former_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_address FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON former_address
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, DELETE ON former_address TO {{service}};

-- Addresses that an athlete has or had and that are nobody else's.
CREATE FUNCTION addresses_alone(organisation uuid, athlete uuid) RETURNS TABLE (address text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
AS $$
	SELECT theirs.address
	FROM (
		SELECT point.address FROM contact_point AS point
		WHERE point.organisation_id = organisation AND point.athlete_id = athlete
		UNION
		SELECT former.address FROM former_address AS former
		WHERE former.organisation_id = organisation AND former.athlete_id = athlete
	) AS theirs
	WHERE NOT EXISTS (
		SELECT FROM contact_point AS other
		WHERE other.organisation_id = organisation AND other.address = theirs.address
			AND other.athlete_id <> athlete)
$$;
