-- Before visits are written in one unit: one at a time for each of $2 (practitioners, rooms, and
-- athletes, by the person) until the unit ends. In one order, for who waits while he holds must not be waited for.
SELECT pg_advisory_xact_lock(wanted.key) FROM (
	SELECT DISTINCT hashtextextended($1::uuid::text || person_id::text, 0) AS key FROM unnest($2::uuid[]) AS id
	CROSS JOIN LATERAL person_of($1, id)
	ORDER BY key
) AS wanted
