-- The first statement of every unit: what row-level security lets it see. Holds to the unit's Sync.
-- $1 array of organisations, '' for none; $2 'on' when it may see all.
SELECT set_config('soleus.tenants', $1, true), set_config('soleus.every_tenant', $2, true)
