-- What is planned for athlete $7 after the treatment of encounter $2 of organisation $1 and is not among
-- the purposes $4 and steps $5 will not be sent: the note was amended ($3 says so), at $6. One that is
-- being sent this moment stays.
-- Index: message_athlete. Locks: the rows.
WITH suppressed AS (
	UPDATE message SET state = 'suppressed', why = $3, decided_at = $6
	WHERE organisation_id = $1 AND athlete_id = $7 AND encounter_id = $2 AND state = 'planned'
		AND (lease_until IS NULL OR lease_until <= clock_timestamp())
		AND NOT EXISTS (
			SELECT FROM unnest($4::text[], $5::int[]) AS kept (purpose, step)
			WHERE kept.purpose = message.purpose AND kept.step = message.step
		)
	RETURNING message_id
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $6, message_id, 'suppressed', '', $3 FROM suppressed
