-- Messages $2 of organisation $1 that wait, or that an opt-out ($5: its reason) holds back, for they may be
-- restored, move to the times they are planned for now: due $3, stale $4, with the traces $6. Any other stays.
-- Index: planned_message_pkey, queue_pkey, lane_pkey. Locks: the rows and their lanes.
SELECT reschedule($1, array_agg(asked.id), array_agg(asked.due_at), array_agg(asked.stale_at),
	array_agg(asked.trace), $5)
FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $6::text[]) AS asked (id, due_at, stale_at, trace)
JOIN planned_message p ON p.organisation_id = $1 AND p.message_id = asked.id
	AND (p.due_at, p.stale_at) IS DISTINCT FROM (asked.due_at, asked.stale_at)
HAVING count(*) > 0
