-- Note $2 waits for no second signature any longer. By cosignature_due_key. Locks: the row.
DELETE FROM cosignature_due WHERE organisation_id = $1 AND note_id = $2
