-- What an erasure of an athlete takes away here: the copy that bookings ask for, and what the athlete's own
-- calendars said. Visits stay.
GRANT DELETE ON athlete TO {{service}};

-- A feed that fails is told with its address, which is the athlete's.
CREATE INDEX outbox_feed_failed ON outbox (organisation_id, subject_id)
	WHERE type = 'soleus.v1.TrainingFeedFailed';
GRANT UPDATE (payload) ON outbox TO {{service}};
