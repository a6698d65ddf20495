-- R1: the sites of a new note, in its order. finding_keys comes as one array's text for each site.
-- Locks: the new rows.
INSERT INTO note_site (organisation_id, note_id, muscle, side, approach, gauge_um, length_mm,
	depth_mm, insertions, retention_s, local_twitch_response, referral, pain_during, needles_in,
	needles_out, finding_keys, position)
SELECT $1::uuid, $2::uuid, muscle, side, approach, gauge_um, length_mm, depth_mm, insertions,
	retention_s, local_twitch_response, referral, pain_during, needles_in, needles_out,
	finding_keys::text[], position
FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[], $9::int[],
	$10::int[], $11::boolean[], $12::boolean[], $13::double precision[], $14::int[], $15::int[],
	$16::text[])
	WITH ORDINALITY AS new (muscle, side, approach, gauge_um, length_mm, depth_mm, insertions,
		retention_s, local_twitch_response, referral, pain_during, needles_in, needles_out,
		finding_keys, position)
