-- The event of athlete $2's registration tells $3 from now on; its place and id stay.
-- By outbox_registered, in each partition. Locks: the row.
UPDATE outbox SET payload = $3
WHERE organisation_id = $1 AND subject_id = $2 AND type = 'soleus.v1.AthleteRegistered'
