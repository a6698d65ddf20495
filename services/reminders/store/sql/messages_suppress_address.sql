-- Address $2 of organisation $1 has opted out: what is planned for its athletes is suppressed at $3 for
-- the reason $4, unless another address of theirs takes that kind of message. Of the purposes $6
-- each leaves staff a task of its kind in $5. One that is being sent this moment stays: its sender judges by
-- the opt-out too.
-- Index: contact_point_address, message_athlete, task_pkey. Locks: the rows.
WITH suppressed AS (
	UPDATE message m SET state = 'suppressed', why = $4, decided_at = $3
	FROM (SELECT DISTINCT athlete_id FROM contact_point WHERE organisation_id = $1 AND address = $2) AS p
	WHERE m.organisation_id = $1 AND m.athlete_id = p.athlete_id AND m.state = 'planned'
		AND m.consent <> 'reply'
		AND (m.lease_until IS NULL OR m.lease_until <= clock_timestamp())
		AND NOT EXISTS (
			SELECT FROM reach r
			WHERE r.organisation_id = $1 AND r.athlete_id = m.athlete_id AND r.purpose = m.consent
				AND NOT r.opted_out AND r.address <> $2
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
