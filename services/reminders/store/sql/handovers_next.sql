-- Where messages $2 of organisation $1 could go instead: by channels that the person's consent is for and of which
-- no provider has taken them, the best first. Index: planned_message_pkey, handover_pkey; those of person_reach.
-- Locks: none.
SELECT m.message_id, r.channel, r.address
FROM unnest($2::uuid[]) AS asked (message_id)
JOIN planned_message m ON m.organisation_id = $1 AND m.message_id = asked.message_id AND m.consent <> 'reply'
CROSS JOIN LATERAL (
	SELECT known.survivor_id, EXISTS (SELECT FROM athlete_alias other
		WHERE other.organisation_id = $1 AND other.survivor_id = known.survivor_id) AS merged
	FROM (
		SELECT coalesce((SELECT alias.survivor_id FROM athlete_alias alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = m.athlete_id), m.athlete_id) AS survivor_id
		OFFSET 0
	) AS known
	OFFSET 0
) AS person
CROSS JOIN LATERAL person_reach($1, person.survivor_id, person.merged, m.consent) AS r
WHERE NOT r.opted_out AND NOT EXISTS (
	SELECT FROM handover h
	WHERE h.organisation_id = $1 AND h.message_id = m.message_id AND h.channel = r.channel
		AND h.state NOT IN ('asked', 'refused')
)
ORDER BY m.message_id, array_position(ARRAY['sms', 'email', 'file'], r.channel), r.place
