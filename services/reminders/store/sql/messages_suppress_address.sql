-- Address $2 of organisation $1 has opted out: what is planned for the persons who have it is suppressed
-- at $3 for
-- the reason $4, unless another address of theirs takes that kind of message. Of the purposes $6
-- each leaves staff a task of its kind in $5. One that is being sent this moment stays: its sender judges by
-- the opt-out too.
-- Index: contact_point_address, message_athlete, task_pkey. Locks: the rows.
WITH suppressed AS (
	UPDATE message m SET state = 'suppressed', why = $4, decided_at = $3
	FROM address_persons($1, $2) AS p
	CROSS JOIN LATERAL person_ids($1, p.survivor_id) AS who
	WHERE m.organisation_id = $1 AND m.athlete_id = who.athlete_id AND m.state = 'planned'
		AND m.consent <> 'reply'
		AND (m.lease_until IS NULL OR m.lease_until <= clock_timestamp())
		AND NOT EXISTS (
			SELECT FROM person_reach($1, p.survivor_id, p.merged, m.consent) AS r
			WHERE NOT r.opted_out AND r.address <> $2
		)
	RETURNING m.message_id, m.athlete_id, m.purpose
), tasks AS (
	INSERT INTO task (organisation_id, task_id, athlete_id, kind, text, made_at)
	SELECT $1, message_id, athlete_id, asked.kind, $4, $3 FROM suppressed
	JOIN unnest($5::text[], $6::text[]) AS asked (kind, purpose) USING (purpose)
	ON CONFLICT DO NOTHING
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $3, message_id, 'suppressed', '', $4 FROM suppressed
