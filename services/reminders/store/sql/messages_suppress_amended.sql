-- What is planned for athlete $7 after the treatment of encounter $2 of organisation $1 and is not among
-- the purposes $4 and steps $5 will not be sent: the note was amended ($3 says so), at $6. One that is
-- being sent this moment stays.
-- Index: planned_message_athlete, queue_pkey, lane_pkey. Locks: the rows and their lanes.
SELECT suppress($1, array_agg(message_id), $3, $6)
FROM planned_message
WHERE organisation_id = $1 AND athlete_id = $7 AND encounter_id = $2
	AND NOT EXISTS (
		SELECT FROM unnest($4::text[], $5::int[]) AS kept (purpose, step)
		WHERE kept.purpose = planned_message.purpose AND kept.step = planned_message.step
	)
HAVING count(*) > 0
