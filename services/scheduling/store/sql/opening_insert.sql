-- Openings of one practitioner at one clinic: an array for each column.
INSERT INTO opening (organisation_id, practitioner_id, clinic_id, rule_id, opens_at, closes_at, offset_s,
	later_offset_s, changes_at, day_starts_at, day_ends_at)
SELECT $1::uuid, $2::uuid, $3::uuid, rule_id, opens_at, closes_at, offset_s, later_offset_s,
	changes_at, day_starts_at, day_ends_at
FROM unnest($4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::int[], $8::int[],
	$9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
	AS new (rule_id, opens_at, closes_at, offset_s, later_offset_s, changes_at, day_starts_at,
		day_ends_at)
ON CONFLICT DO NOTHING
