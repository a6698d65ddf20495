-- The measures of a new note, in its order. Locks: the new rows.
INSERT INTO note_measure (organisation_id, note_id, instrument, area, side, moment, value, position)
SELECT $1::uuid, $2::uuid, instrument, area, side, moment, value, position
FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::double precision[])
	WITH ORDINALITY AS new (instrument, area, side, moment, value, position)
