-- From here to the transaction's end a migration acts as the owner in its schema.
SET LOCAL ROLE soleus_owner;
SET LOCAL search_path = {{service}}, public;
