-- What every service's schema holds beside its own tables: tenancy functions, outbox, cursors,
-- idempotency keys. Applied in each schema before the service's own migrations.

-- The organisations that the transaction may see: set by the first statement of each unit, for the
-- transaction only. '' and unset are none.
CREATE FUNCTION tenants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('soleus.tenants', true), '')::uuid[] $$;

CREATE FUNCTION every_tenant() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(current_setting('soleus.every_tenant', true), '') = 'on' $$;

-- Ends the unit when a condition that must hold does not.
CREATE FUNCTION require(condition boolean, code text, words text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
	IF condition IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = code, MESSAGE = words;
	END IF;
	RETURN true;
END $$;

-- Events in the order (xid, id); read below the snapshot's horizon only. epoch changes after a
-- restore from a dump, which does not keep transaction ids.
CREATE TABLE outbox (
	xid             xid8        NOT NULL DEFAULT pg_current_xact_id(),
	id              bigint      GENERATED ALWAYS AS IDENTITY,
	organisation_id uuid        NOT NULL,
	clinic_id       uuid,
	subject_id      uuid        NOT NULL,
	type            text        NOT NULL,
	occurred_at     timestamptz NOT NULL,
	traceparent     text        NOT NULL DEFAULT '',
	payload         bytea       NOT NULL
) PARTITION BY RANGE (occurred_at);
CREATE INDEX outbox_order ON outbox (xid, id);

-- How far this service has applied the outbox of another.
CREATE TABLE cursor (
	source     text        PRIMARY KEY,
	xid        xid8        NOT NULL DEFAULT '0',
	id         bigint      NOT NULL DEFAULT 0,
	applied_at timestamptz
);

-- The reply of a command, kept with its key. A key stands for one method and payload.
CREATE TABLE idempotency (
	organisation_id uuid        NOT NULL,
	key             text        NOT NULL,
	fingerprint     text        NOT NULL,
	reply           bytea       NOT NULL,
	made_at         timestamptz NOT NULL,
	CONSTRAINT idempotency_key PRIMARY KEY (organisation_id, key)
);
CREATE INDEX idempotency_made ON idempotency (made_at);

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]) OR (SELECT every_tenant()))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));

GRANT SELECT, INSERT ON outbox TO {{service}};
GRANT SELECT, INSERT, UPDATE ON cursor TO {{service}};
GRANT SELECT, INSERT ON idempotency TO {{service}};
