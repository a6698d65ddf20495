-- Forgets the chain of clinic $2 (0: the organisation's) for alerts of kind $3; the new one follows in the same unit.
-- Index: escalation_pkey. Locks: the rows.
DELETE FROM escalation WHERE organisation_id = $1 AND clinic_id = $2 AND kind = $3
