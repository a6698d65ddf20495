-- One row or none, by its key.
SELECT name FROM organisation WHERE organisation_id = $1
