-- First of a merge, an erasure and a change: locks athletes $2 in the order of their ids, so that two leads
-- who merge A into B and B into A take turns. By athlete_key.
SELECT locked.athlete_id
FROM (SELECT DISTINCT id FROM unnest($2::uuid[]) AS asked (id) ORDER BY id) AS asked
CROSS JOIN LATERAL (
	SELECT athlete_id FROM athlete
	WHERE athlete.organisation_id = $1 AND athlete.athlete_id = asked.id
	FOR NO KEY UPDATE
) AS locked
