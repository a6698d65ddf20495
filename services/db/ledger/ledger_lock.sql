-- One migration at a time in a database; ends with the connection.
SELECT pg_advisory_lock(hashtext('soleus.migrate'))
