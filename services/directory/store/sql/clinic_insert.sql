-- Fails by clinic_name when the organisation has one of that name, by clinic_organisation when
-- there is no such organisation.
INSERT INTO clinic (organisation_id, clinic_id, name, zone, jurisdiction, made_at)
VALUES ($1, $2, $3, $4, $5, $6)
