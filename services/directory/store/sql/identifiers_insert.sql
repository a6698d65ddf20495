-- In the order of the key, so that two commands cannot deadlock; fails by
-- athlete_identifier_key when one of them is known.
INSERT INTO athlete_identifier (organisation_id, athlete_id, system, value, position)
SELECT $1::uuid, $2::uuid, system, value, position
FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS new (system, value, position)
ORDER BY system, value
