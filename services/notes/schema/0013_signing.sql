-- What a part of a note (site, area, measure) pointed to was looked for once for each row. with_their_note
-- asks more: that the note is of the same transaction; and a note never goes. So the keys go.
ALTER TABLE note_site DROP CONSTRAINT note_site_note;
ALTER TABLE note_area DROP CONSTRAINT note_area_note;
ALTER TABLE note_measure DROP CONSTRAINT note_measure_note;

-- Each note of a statement once, by note_key. A plan that was made while there were few notes stays with a
-- session: it must not be one that reads them all.
CREATE OR REPLACE FUNCTION with_their_note() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
	IF EXISTS (
		SELECT FROM (SELECT DISTINCT organisation_id, note_id FROM added) AS part
		WHERE (SELECT note.xmin = pg_current_xact_id()::xid FROM note
			WHERE note.organisation_id = part.organisation_id AND note.note_id = part.note_id
			LIMIT 1) IS NOT TRUE
	) THEN
		RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = 'a signed note takes nothing else';
	END IF;
	RETURN NULL;
END $$;
