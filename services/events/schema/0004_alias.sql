-- Athletes that directory has merged. Every row keeps the athlete_id under which it was written, so
-- that an unmerge is exact: the alias goes, and both records are as they were. Reads ask for all ids of
-- the person; new rows are written under the survivor's. In directory's schema this is the state itself,
-- in the others a copy from its events.

-- No chains: a survivor is not in athlete_id itself, which directory sees to under locks.
CREATE TABLE athlete_alias (
	organisation_id uuid NOT NULL,
	athlete_id      uuid NOT NULL,
	survivor_id     uuid NOT NULL CHECK (survivor_id <> athlete_id),
	merge_id        uuid NOT NULL,
	CONSTRAINT athlete_alias_key PRIMARY KEY (organisation_id, athlete_id),
	CONSTRAINT athlete_alias_merge UNIQUE (organisation_id, merge_id)
);
CREATE INDEX athlete_alias_survivor ON athlete_alias (organisation_id, survivor_id);

ALTER TABLE athlete_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE athlete_alias FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON athlete_alias
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, DELETE ON athlete_alias TO {{service}};

-- All ids of the person who has this one, the survivor's first. For who is not merged: the id that was
-- asked for, at the cost of two looks into the keys of a table that is all but empty. Inlined by the
-- planner, in FROM.
CREATE FUNCTION person_ids(organisation uuid, athlete uuid) RETURNS TABLE (athlete_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
	WITH survivor AS MATERIALIZED (
		SELECT coalesce((SELECT survivor_id FROM athlete_alias AS known
			WHERE known.organisation_id = organisation AND known.athlete_id = athlete), athlete) AS id
	)
	SELECT id FROM survivor
	UNION ALL
	SELECT other.athlete_id FROM survivor
	JOIN athlete_alias AS other ON other.organisation_id = organisation
		AND other.survivor_id = survivor.id
$$;
