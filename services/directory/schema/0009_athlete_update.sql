-- Athletes change: how often each was changed, so that of two editors the second is told of the first.
ALTER TABLE athlete ADD COLUMN revision bigint NOT NULL DEFAULT 1;
GRANT UPDATE (zone, home_clinic_id, language, revision) ON athlete TO {{service}};

-- A change tells of contact data as a registration does: an erasure finds the events of both.
DROP INDEX outbox_registered;
CREATE INDEX outbox_of_athlete ON outbox (organisation_id, subject_id)
	WHERE type IN ('soleus.v1.AthleteRegistered', 'soleus.v1.AthleteUpdated');
