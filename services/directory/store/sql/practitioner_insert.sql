-- Fails by practitioner_organisation when there is no such organisation.
INSERT INTO practitioner (organisation_id, practitioner_id, given_name, family_name, made_at, skills)
VALUES ($1, $2, $3, $4, $5, $6)
