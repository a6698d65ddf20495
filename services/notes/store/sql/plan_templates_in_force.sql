-- The plans in force at clinic $2 (NULL: where encounter $3 is, or the one whose note $4 is; all NULL: those
-- of the organisation for all of its clinics): one row for each area that has one of its own. The clinic's
-- newest counts before the organisation's; an empty one is none. By plan_template_version, encounter_key
-- and note_key. Locks: none.
SELECT DISTINCT ON (area) template_id, clinic_id, area, version, put_at, put_by, steps
FROM (
	SELECT DISTINCT ON (area, clinic_id) template_id, clinic_id, area, version, put_at, put_by, steps
	FROM plan_template
	WHERE organisation_id = $1 AND (clinic_id IS NULL OR clinic_id = (SELECT coalesce($2::uuid,
		(SELECT clinic_id FROM encounter
		WHERE organisation_id = $1 AND encounter_id = (SELECT coalesce($3::uuid,
			(SELECT encounter_id FROM note WHERE organisation_id = $1 AND note_id = $4::uuid)))))))
	ORDER BY area, clinic_id, version DESC
) AS newest
WHERE steps <> ''
ORDER BY area, clinic_id
