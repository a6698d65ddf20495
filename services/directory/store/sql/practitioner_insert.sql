-- Fails by practitioner_organisation when there is no such organisation.
INSERT INTO practitioner (organisation_id, practitioner_id, given_name, family_name, made_at, skills,
	needling_training_hours, needling_training_place, needling_training_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
