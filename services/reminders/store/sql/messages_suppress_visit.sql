-- What is planned before visit $2 of organisation $1 will not be sent: $3 says why, at $4; $5: what
-- was planned for an earlier version of its time alone (NULL: all), $6: of this purpose alone (NULL:
-- all). One that is being sent this moment stays: its sender judges by the visit too.
-- Index: message_appointment. Locks: the rows.
WITH suppressed AS (
	UPDATE message SET state = 'suppressed', why = $3, decided_at = $4
	WHERE organisation_id = $1 AND appointment_id = $2 AND state = 'planned' AND encounter_id IS NULL
		AND purpose <> 'visit_cancelled' AND ($5::int IS NULL OR visit_version < $5)
		AND ($6::text IS NULL OR purpose = $6)
		AND (lease_until IS NULL OR lease_until <= clock_timestamp())
	RETURNING message_id
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $4, message_id, 'suppressed', '', $3 FROM suppressed
