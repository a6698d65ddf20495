-- Whether clinic $2 is known (NULL: the organisation, for all of its clinics), and the newest version of
-- its plan for area $3 (0: there is none): one row. By clinic_key and plan_template_version. Locks: none.
SELECT
	$2::uuid IS NULL OR EXISTS (SELECT FROM clinic WHERE organisation_id = $1 AND clinic_id = $2::uuid)
		AS clinic_known,
	coalesce((SELECT max(version) FROM plan_template
		WHERE organisation_id = $1 AND area = $3 AND clinic_id IS NOT DISTINCT FROM $2::uuid), 0)
		AS version
