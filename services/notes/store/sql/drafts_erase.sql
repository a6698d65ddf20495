-- The drafts of athlete $2, who was erased. By encounter_by_athlete and draft_key. Locks: the rows.
DELETE FROM draft
USING encounter
WHERE draft.organisation_id = $1 AND encounter.organisation_id = $1 AND encounter.athlete_id = $2
	AND draft.encounter_id = encounter.encounter_id
