-- The events of athlete $2's registration and changes tell $3 from now on; their places and ids stay.
-- By outbox_of_athlete, in each partition. Locks: the rows.
UPDATE outbox SET payload = $3
WHERE organisation_id = $1 AND subject_id = $2
	AND type IN ('soleus.v1.AthleteRegistered', 'soleus.v1.AthleteUpdated')
