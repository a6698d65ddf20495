-- Every version of the plan for area $3 at clinic $2 (NULL: of the organisation), the newest first.
-- By plan_template_version. Locks: none.
SELECT template_id, clinic_id, area, version, put_at, put_by, steps
FROM plan_template
WHERE organisation_id = $1 AND area = $3 AND clinic_id IS NOT DISTINCT FROM $2::uuid
ORDER BY version DESC
LIMIT 100
