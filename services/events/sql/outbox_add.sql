-- Adds an event to the outbox, in the transaction of the change that it tells of.
-- $1 organisation, $2 clinic or NULL, $3 subject, $4 type, $5 occurred at, $6 traceparent, $7 payload
-- Locks: none beyond the new row.
INSERT INTO outbox (organisation_id, clinic_id, subject_id, type, occurred_at, traceparent, payload)
VALUES ($1, $2, $3, $4, $5, $6, $7)
