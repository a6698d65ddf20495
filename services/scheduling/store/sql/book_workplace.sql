-- Staff book somebody at a clinic where they do not work: it is a workplace from now on, so that the
-- way there is looked at and the visit is seen where its clinic's are. By workplace_key.
INSERT INTO workplace (organisation_id, practitioner_id, clinic_id, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, practitioner_id, clinic_id) DO NOTHING
