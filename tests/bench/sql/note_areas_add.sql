-- The treated areas of a new note, in order of first mention. Locks: the new rows.
INSERT INTO note_area (organisation_id, note_id, area, side, position)
SELECT $1::uuid, $2::uuid, area, side, position
FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS new (area, side, position)
