-- The contact points of an athlete who has none yet, in the order in which they were given.
INSERT INTO contact_point (organisation_id, athlete_id, channel, value, normal, position)
SELECT $1::uuid, $2::uuid, channel, value, normal, position
FROM unnest($3::text[], $4::text[], $5::text[])
	WITH ORDINALITY AS new (channel, value, normal, position)
