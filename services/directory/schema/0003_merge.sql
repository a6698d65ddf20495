-- Two records of one athlete, and an athlete whose data the law takes away.

-- Every merge that ever was; the one in force stands in athlete_alias too. survivor and merged are
-- as they were asked for: what an unmerge gives back.
CREATE TABLE athlete_merge (
	organisation_id uuid        NOT NULL,
	merge_id        uuid        NOT NULL,
	survivor_id     uuid        NOT NULL,
	merged_id       uuid        NOT NULL,
	reason          text        NOT NULL,
	merged_at       timestamptz NOT NULL,
	merged_by       text        NOT NULL,
	unmerged_at     timestamptz,
	unmerged_by     text        NOT NULL DEFAULT '',
	unmerge_reason  text        NOT NULL DEFAULT '',
	CONSTRAINT athlete_merge_key PRIMARY KEY (organisation_id, merge_id),
	CONSTRAINT athlete_merge_survivor
		FOREIGN KEY (organisation_id, survivor_id) REFERENCES athlete,
	CONSTRAINT athlete_merge_merged
		FOREIGN KEY (organisation_id, merged_id) REFERENCES athlete
);
ALTER TABLE athlete_merge ENABLE ROW LEVEL SECURITY;
ALTER TABLE athlete_merge FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON athlete_merge
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, UPDATE (unmerged_at, unmerged_by, unmerge_reason) ON athlete_merge TO {{service}};

-- Locking a row asks for the right to change it; what an erasure leaves is a tombstone.
ALTER TABLE athlete
	ADD erased_at timestamptz,
	ALTER birth_date DROP NOT NULL,
	ADD CONSTRAINT athlete_born CHECK (birth_date IS NOT NULL OR erased_at IS NOT NULL);
GRANT UPDATE (given_name, family_name, birth_date, sport, guardian_name, erased_at) ON athlete
	TO {{service}};
