-- Athletes whose contact data was erased at their request: who did it, why, and what the law still keeps.
-- minor_kept_until: of who was treated as a minor, the term that followed from the birth date, which is
-- gone.
CREATE TABLE athlete_erasure (
	organisation_id   uuid        NOT NULL,
	athlete_id        uuid        NOT NULL,
	erased_at         timestamptz NOT NULL,
	erased_by         text        NOT NULL,
	reason            text        NOT NULL,
	request_reference text        NOT NULL,
	minor_kept_until  date,
	CONSTRAINT athlete_erasure_key PRIMARY KEY (organisation_id, athlete_id),
	CONSTRAINT athlete_erasure_athlete FOREIGN KEY (organisation_id, athlete_id) REFERENCES athlete
);
ALTER TABLE athlete_erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE athlete_erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON athlete_erasure
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT ON athlete_erasure TO {{service}};

GRANT DELETE ON contact_point, athlete_identifier TO {{service}};
GRANT UPDATE (reason, unmerge_reason) ON athlete_merge TO {{service}};

-- Registrations told of contact data: their events keep place and id, and tell of the tombstone.
CREATE INDEX outbox_registered ON outbox (organisation_id, subject_id)
	WHERE type = 'soleus.v1.AthleteRegistered';
GRANT UPDATE (payload) ON outbox TO {{service}};
