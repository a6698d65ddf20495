-- An athlete whose contact data was erased: what is signed stays, nothing new is opened.
ALTER TABLE athlete ADD erased_at timestamptz;
GRANT UPDATE (erased_at) ON athlete TO {{service}};
