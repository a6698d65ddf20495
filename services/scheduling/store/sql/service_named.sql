-- The service of this name; one row or none, by service_name.
SELECT service_id FROM service WHERE organisation_id = $1 AND name = $2
