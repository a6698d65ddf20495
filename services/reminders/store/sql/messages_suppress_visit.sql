-- What is planned before visit $2 of organisation $1 will not be sent: $3 says why, at $4; $5: what
-- was planned for an earlier version of its time alone (NULL: all), $6: of this purpose alone (NULL:
-- all). One that is being sent this moment stays: its sender judges by the visit too.
-- Index: planned_message_appointment, queue_pkey, lane_pkey. Locks: the rows and their lanes.
SELECT suppress($1, array_agg(message_id), $3, $4)
FROM planned_message
WHERE organisation_id = $1 AND appointment_id = $2 AND encounter_id IS NULL
	AND purpose <> 'visit_cancelled' AND ($5::int IS NULL OR visit_version < $5)
	AND ($6::text IS NULL OR purpose = $6)
HAVING count(*) > 0
