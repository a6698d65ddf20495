-- What providers were handed, and what they say became of it.

-- One row for each time a message was handed to a provider, written before the provider is asked: one that
-- is still 'asked' when the message is claimed again was cut off by a crash, and may have been taken.
-- asked: no answer yet. refused: the provider did not take it. taken: it did. submitted: the network has it.
-- delivered: the phone has it. failed, rejected: it will not arrive.
-- watch_at: when somebody has to look what became of it (no report, or a bad one); NULL: nobody.
-- Not by time: a report finds its row by the message.
CREATE TABLE handover (
	organisation_id uuid        NOT NULL,
	message_id      uuid        NOT NULL,
	attempt         int         NOT NULL CHECK (attempt > 0),
	channel         text        NOT NULL,
	provider        text        NOT NULL,
	address         text        NOT NULL,
	state           text        NOT NULL CHECK (state IN ('asked', 'refused', 'taken', 'submitted', 'delivered',
		'failed', 'rejected')),
	provider_ref    text        NOT NULL DEFAULT '',
	error_code      text        NOT NULL DEFAULT '',
	asked_at        timestamptz NOT NULL,
	changed_at      timestamptz NOT NULL,
	watch_at        timestamptz,
	PRIMARY KEY (organisation_id, message_id, attempt)
);
CREATE INDEX handover_watch ON handover (organisation_id, watch_at) WHERE watch_at IS NOT NULL;

-- Its trace: what the provider did not take, and each report; maybe_twice: handed over again, because the
-- answer to the first time was lost and the provider cannot be asked; undelivered: no channel is left.
ALTER TABLE delivery DROP CONSTRAINT delivery_outcome_check, ADD CONSTRAINT delivery_outcome_check
	CHECK (outcome IN ('sent', 'suppressed', 'deferred', 'restored', 'refused', 'submitted', 'delivered',
		'failed', 'rejected', 'maybe_twice', 'undelivered'));

ALTER TABLE handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE handover FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON handover
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
-- The watch looks at all organisations for what is due; it claims as one at a time.
CREATE POLICY outlook ON handover FOR SELECT USING ((SELECT every_tenant()));

GRANT SELECT, INSERT ON handover TO {{service}};
GRANT UPDATE (address, state, provider_ref, error_code, changed_at, watch_at) ON handover TO {{service}};
