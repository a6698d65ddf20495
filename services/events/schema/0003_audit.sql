-- The audit trail: who read or wrote whose record, in the transaction that did it; and its chain of
-- hashes, written behind it by the daemon's sealer in an order in which no row can appear behind what is
-- sealed. Both take nothing else, on any path.

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'SL002', MESSAGE = format('%s is append-only', TG_TABLE_NAME);
END $$;

-- through: the edge that acted for the actor, '' for a key of the actor's own. athlete_id: whose record it
-- was; NULL: no one athlete's.
CREATE TABLE audit (
	xid             xid8        NOT NULL DEFAULT outbox_position(pg_current_xact_id()),
	id              bigint      GENERATED ALWAYS AS IDENTITY,
	organisation_id uuid        NOT NULL,
	at              timestamptz NOT NULL,
	actor           text        NOT NULL,
	actor_id        uuid,
	through         text        NOT NULL DEFAULT '',
	method          text        NOT NULL,
	clinic_id       uuid,
	athlete_id      uuid,
	record_id       uuid,
	reason          text        NOT NULL DEFAULT '',
	traceparent     text        NOT NULL,
	CONSTRAINT audit_key PRIMARY KEY (organisation_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX audit_by_athlete ON audit (organisation_id, athlete_id, at, id);
CREATE INDEX audit_order ON audit (xid, id);

-- hash is BLAKE2b-256 of the hash before and of the row (events/audit_chain.h); numbers have no gaps.
CREATE TABLE audit_seal (
	organisation_id uuid        NOT NULL,
	number          bigint      NOT NULL CHECK (number > 0),
	audit_at        timestamptz NOT NULL,
	audit_id        bigint      NOT NULL,
	hash            bytea       NOT NULL CHECK (octet_length(hash) = 32),
	CONSTRAINT audit_seal_key PRIMARY KEY (organisation_id, number),
	CONSTRAINT audit_seal_row UNIQUE (organisation_id, audit_at, audit_id)
);

-- How far the rows are sealed, of every organisation: one row.
CREATE TABLE audit_sealed (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	xid xid8    NOT NULL DEFAULT '0',
	id  bigint  NOT NULL DEFAULT 0
);
INSERT INTO audit_sealed DEFAULT VALUES;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['audit', 'audit_seal']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE ON %I
			FOR EACH ROW EXECUTE FUNCTION append_only()', name);
		EXECUTE format('CREATE TRIGGER untruncated BEFORE TRUNCATE ON %I
			FOR EACH STATEMENT EXECUTE FUNCTION append_only()', name);
		EXECUTE format('GRANT SELECT, INSERT ON %I TO {{service}}', name);
	END LOOP;
END $$;
CREATE POLICY tenant ON audit
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]) OR (SELECT every_tenant()))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
-- The sealer sees and seals every organisation's rows.
CREATE POLICY tenant ON audit_seal
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]) OR (SELECT every_tenant()))
	WITH CHECK ((SELECT every_tenant()));
GRANT SELECT, UPDATE (xid, id) ON audit_sealed TO {{service}};
