-- Address $2 of organisation $1 has opted out: what is planned for the persons who have it is suppressed
-- at $3 for the reason $4, unless another address of theirs takes that kind of message. Of the purposes $6
-- each leaves staff a task of its kind in $5. One that is being sent this moment stays: its sender judges by
-- the opt-out too.
-- Index: contact_point_address, planned_message_athlete, queue_pkey, lane_pkey, task_pkey. Locks: the rows and
-- their lanes.
WITH theirs AS (
	SELECT array_agg(m.message_id) AS ids
	FROM address_persons($1, $2) AS p
	CROSS JOIN LATERAL person_ids($1, p.survivor_id) AS who
	JOIN message m ON m.organisation_id = $1 AND m.athlete_id = who.athlete_id AND m.state = 'planned'
		AND m.consent <> 'reply'
	WHERE NOT EXISTS (
		SELECT FROM person_reach($1, p.survivor_id, p.merged, m.consent) AS r
		WHERE NOT r.opted_out AND r.address <> $2
	)
)
INSERT INTO task (organisation_id, task_id, athlete_id, kind, text, made_at)
SELECT $1, m.message_id, m.athlete_id, asked.kind, $4, $3
FROM theirs
CROSS JOIN LATERAL suppress($1, theirs.ids, $4, $3) AS gone
JOIN planned_message m ON m.organisation_id = $1 AND m.message_id = gone.message_id
JOIN unnest($5::text[], $6::text[]) AS asked (kind, purpose) ON asked.purpose = m.purpose
ON CONFLICT DO NOTHING
