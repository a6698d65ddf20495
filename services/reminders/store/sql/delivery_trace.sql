-- Lines of the trace of organisation $1 at $2: messages $3, outcomes $4, channels $5, reasons $6.
-- Locks: none beyond the new rows.
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $2, t.* FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS t (message_id, outcome, channel, why)
