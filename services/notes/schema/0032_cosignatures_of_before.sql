-- 0029 put nothing on the list: to a migration, which is no tenant's, row-level security shows no notes. Those
-- that wait from before it, or were signed before 0030 by a program of before it, are put on it now.
ALTER TABLE note NO FORCE ROW LEVEL SECURITY;
ALTER TABLE note_signature NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cosignature_due NO FORCE ROW LEVEL SECURITY;
INSERT INTO cosignature_due (organisation_id, note_id, cosigner_id, signed_at)
SELECT organisation_id, note_id, cosigner_id, signed_at
FROM note
WHERE cosigner_id IS NOT NULL
	AND NOT EXISTS (SELECT FROM note AS later WHERE later.organisation_id = note.organisation_id
		AND later.encounter_id = note.encounter_id AND later.version = note.version + 1)
	AND NOT EXISTS (SELECT FROM note_signature AS given WHERE given.organisation_id = note.organisation_id
		AND given.note_id = note.note_id AND given.meaning = 'cosigner')
ON CONFLICT DO NOTHING;
ALTER TABLE note FORCE ROW LEVEL SECURITY;
ALTER TABLE note_signature FORCE ROW LEVEL SECURITY;
ALTER TABLE cosignature_due FORCE ROW LEVEL SECURITY;
