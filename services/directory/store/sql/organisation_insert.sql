-- Makes a tenant. Its key decides when two ask at once.
INSERT INTO organisation (organisation_id, name, made_at) VALUES ($1, $2, $3)
