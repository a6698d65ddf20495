-- Which signed notes wait for a second signature, and whose: kept beside the notes, so that the list of one
-- practitioner is as long as what waits, not as what was ever signed. Nothing clinical is in it.
CREATE TABLE cosignature_due (
	organisation_id uuid        NOT NULL,
	note_id         uuid        NOT NULL,
	cosigner_id     uuid        NOT NULL,
	signed_at       timestamptz NOT NULL,
	CONSTRAINT cosignature_due_key PRIMARY KEY (organisation_id, note_id),
	CONSTRAINT cosignature_due_note FOREIGN KEY (organisation_id, note_id) REFERENCES note
);
CREATE INDEX cosignature_due_by_cosigner ON cosignature_due (organisation_id, cosigner_id, signed_at, note_id);

INSERT INTO cosignature_due (organisation_id, note_id, cosigner_id, signed_at)
SELECT organisation_id, note_id, cosigner_id, signed_at
FROM note
WHERE cosigner_id IS NOT NULL
	AND NOT EXISTS (SELECT FROM note AS later WHERE later.organisation_id = note.organisation_id
		AND later.encounter_id = note.encounter_id AND later.version = note.version + 1)
	AND NOT EXISTS (SELECT FROM note_signature AS given WHERE given.organisation_id = note.organisation_id
		AND given.note_id = note.note_id AND given.meaning = 'cosigner');

ALTER TABLE cosignature_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE cosignature_due FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cosignature_due
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT, DELETE ON cosignature_due TO {{service}};

-- R3: what came of it, from which the grade follows. Events from before have none of it written down.
ALTER TABLE adverse_event
	ADD COLUMN medical_care               boolean NOT NULL DEFAULT false,
	ADD COLUMN interfered_with_activities boolean NOT NULL DEFAULT false,
	ADD COLUMN admission                  boolean NOT NULL DEFAULT false,
	ADD COLUMN lasting_disability         boolean NOT NULL DEFAULT false,
	ADD COLUMN death                      boolean NOT NULL DEFAULT false;

-- A page ends behind one event, though others have its instant.
DROP INDEX adverse_event_newest;
CREATE INDEX adverse_event_newest ON adverse_event (organisation_id, recorded_at, adverse_event_id);
