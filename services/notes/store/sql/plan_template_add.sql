-- A version of a plan. Locks: the new row; plan_template_version refuses the second of two editors.
INSERT INTO plan_template (organisation_id, template_id, clinic_id, area, version, steps, put_at, put_by)
VALUES ($1, $2, $3::uuid, $4, $5, $6, $7, $8)
