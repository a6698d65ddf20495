-- Values of one origin, each once. By measure_key, in the partition of told_at. Locks: the new rows.
INSERT INTO measure (organisation_id, athlete_id, note_id, source, taken_at, told_at, measure_id,
	instrument, scoring_version, area, side, moment, value)
SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::timestamptz, $6::timestamptz, measure_id::uuid,
	instrument, scoring_version, area, side, moment, value
FROM unnest($7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[],
	$13::double precision[])
	AS new (measure_id, instrument, scoring_version, area, side, moment, value)
ON CONFLICT DO NOTHING
