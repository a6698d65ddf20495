-- The chain of clinic $2 (0: the organisation's) for alerts of kind $3: names $4, channels $5, addresses $6, minutes
-- after the alert $7, in order. Index: escalation_pkey. Locks: none beyond the new rows.
INSERT INTO escalation (organisation_id, clinic_id, kind, place, name, channel, address, after_minutes)
SELECT $1, $2, $3, step.place, step.name, step.channel, step.address, step.after_minutes
FROM unnest($4::text[], $5::text[], $6::text[], $7::int[]) WITH ORDINALITY
	AS step (name, channel, address, after_minutes, place)
