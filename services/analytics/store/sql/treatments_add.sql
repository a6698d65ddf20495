-- The treated areas ($6) and sides ($7) of note $2, once. By treatment_key. Locks: the new rows.
INSERT INTO treatment (organisation_id, note_id, athlete_id, clinic_id, treated_at, area, side)
SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, area, side
FROM unnest($6::text[], $7::text[]) AS new (area, side)
ON CONFLICT DO NOTHING
