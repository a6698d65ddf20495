-- A merged person (events' 0004_alias.sql): rows keep the athlete_id under which they were written, so that
-- an unmerge parts them again; what is sent goes to the survivor's contact points with the survivor's
-- consent, and a no under any of the ids holds for the person. `merged` says whether others are merged into
-- the survivor: for who is not merged nothing else is looked at. Inlined by the planner, in FROM.

-- Channels by which an athlete may be told of `wanted`: the survivor's consent, unless it was withdrawn
-- later under another id.
CREATE FUNCTION person_consent(organisation uuid, survivor uuid, merged boolean, wanted text)
RETURNS TABLE (channel text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
AS $$
	SELECT given.channel FROM consent AS given
	WHERE given.organisation_id = organisation AND given.athlete_id = survivor
		AND given.purpose = wanted AND given.granted
		AND NOT (merged AND EXISTS (
			SELECT FROM athlete_alias AS other
			JOIN consent AS word ON word.organisation_id = organisation
				AND word.athlete_id = other.athlete_id AND word.purpose = wanted
				AND word.channel = given.channel
			WHERE other.organisation_id = organisation AND other.survivor_id = survivor
				AND NOT word.granted AND word.recorded_at > given.recorded_at
		))
$$;

-- Where the person can be reached with that consent, and whether a text may go there: not when the number
-- has opted out, and nowhere when another record of the person has opted out of all that would reach it.
CREATE FUNCTION person_reach(organisation uuid, survivor uuid, merged boolean, wanted text)
RETURNS TABLE (channel text, address text, place int, opted_out boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
AS $$
	SELECT given.channel, point.address, point.position,
		coalesce(number.opted_out, false) OR merged AND EXISTS (
			SELECT FROM athlete_alias AS other
			WHERE other.organisation_id = organisation AND other.survivor_id = survivor
				AND EXISTS (
					SELECT FROM contact_point AS theirs
					JOIN opt_out ON opt_out.organisation_id = organisation
						AND opt_out.address = theirs.address
					WHERE theirs.organisation_id = organisation
						AND theirs.athlete_id = other.athlete_id AND opt_out.opted_out
				)
				AND NOT EXISTS (
					SELECT FROM reach
					WHERE reach.organisation_id = organisation
						AND reach.athlete_id = other.athlete_id
						AND reach.purpose = wanted AND NOT reach.opted_out
				)
		)
	FROM person_consent(organisation, survivor, merged, wanted) AS given
	JOIN contact_point AS point ON point.organisation_id = organisation AND point.athlete_id = survivor
		AND (point.channel = given.channel OR given.channel = 'file')
	LEFT JOIN opt_out AS number ON number.organisation_id = organisation AND number.address = point.address
$$;

-- The persons who have an address under any of their ids: the survivor's, and whether others are merged
-- into it.
CREATE FUNCTION address_persons(organisation uuid, wanted text)
RETURNS TABLE (survivor_id uuid, merged boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
	SELECT person.survivor_id, coalesce((SELECT true FROM athlete_alias AS other
		WHERE other.organisation_id = organisation AND other.survivor_id = person.survivor_id LIMIT 1), false)
	FROM (
		SELECT DISTINCT coalesce((SELECT alias.survivor_id FROM athlete_alias AS alias
			WHERE alias.organisation_id = organisation AND alias.athlete_id = point.athlete_id),
			point.athlete_id) AS survivor_id
		FROM contact_point AS point
		WHERE point.organisation_id = organisation AND point.address = wanted
	) AS person
$$;
