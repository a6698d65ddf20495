-- The treatment of note $2: one row or none. muscle_treated: muscle $3 is one of its sites. By note_key and
-- note_site_key. Locks: none.
SELECT athlete_id, practitioner_id, clinic_id, treated_at, procedure_code <> '' AS needled,
	EXISTS (SELECT FROM note_site
		WHERE note_site.organisation_id = $1 AND note_site.note_id = $2 AND muscle = $3)
		AS muscle_treated
FROM note
WHERE organisation_id = $1 AND note_id = $2
