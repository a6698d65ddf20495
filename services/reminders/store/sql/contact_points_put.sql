-- The contact points of athlete $2 of organisation $1: channels $3, values $4, addresses $5, in order.
-- Index: contact_point_pkey. Locks: none beyond the new rows.
INSERT INTO contact_point (organisation_id, athlete_id, position, channel, value, address)
SELECT $1, $2, point.position, point.channel, point.value, point.address
FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY
	AS point (channel, value, address, position)
ON CONFLICT (organisation_id, athlete_id, position) DO NOTHING
