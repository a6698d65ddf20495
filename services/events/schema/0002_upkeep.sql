-- What keeps a schema well over the years: the outbox keeps its order when a dump is restored, months
-- get their partitions before they come, and idempotency keys are forgotten one day.

-- A transaction's place in the outbox. It is the transaction's id, until a dump is restored into a
-- server whose ids are lower: from then on migrated() adds what is missing, so that old events, and
-- the cursors of others, keep their places and new events come behind them. Inlined by the planner.
CREATE FUNCTION outbox_position(transaction xid8) RETURNS xid8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT transaction $$;
ALTER TABLE outbox ALTER COLUMN xid SET DEFAULT outbox_position(pg_current_xact_id());

-- Makes the first monthly partition that is missing, of any table that is partitioned by time, from
-- the month of `first` to that of `last`; its name, NULL when none is. One for each call, because
-- each locks its table for a moment. Whoever cannot have the lock within a second gives up. A month
-- that has rows in the DEFAULT partition stays there. The login role owns nothing, so it runs as the
-- owner.
CREATE FUNCTION make_partition(first timestamptz, last timestamptz) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = {{service}}, pg_temp SET timezone = 'UTC' SET lock_timeout = '1s'
AS $$
DECLARE
	missing record;
BEGIN
	FOR missing IN
		SELECT parent.relname AS parent, month,
			parent.relname || to_char(month, '"_y"YYYY"m"MM') AS name
		FROM pg_partitioned_table AS partitioned
		JOIN pg_class AS parent ON parent.oid = partitioned.partrelid
		CROSS JOIN generate_series(date_trunc('month', first), last, interval '1 month') AS month
		WHERE parent.relnamespace = {{literal}}::regnamespace AND partitioned.partstrat = 'r'
		ORDER BY month, parent.relname
	LOOP
		CONTINUE WHEN to_regclass(quote_ident(missing.name)) IS NOT NULL;
		BEGIN
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
				missing.name, missing.parent, missing.month,
				missing.month + interval '1 month');
			RETURN missing.name;
		EXCEPTION WHEN check_violation OR duplicate_table THEN
			NULL; -- or another instance has made it meanwhile
		END;
	END LOOP;
	RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION make_partition FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_partition TO {{service}};

-- `soleusctl migrate` calls this at its end, each time it is run: partitions from the month before
-- `at` to 400 days after it, with a DEFAULT for what lies outside, and positions of the outbox and of
-- the audit trail that go on behind the last one.
CREATE FUNCTION migrated(at timestamptz) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = {{service}}, pg_temp
AS $$
DECLARE
	parent text;
	newest xid8;
BEGIN
	FOR parent IN
		SELECT c.relname FROM pg_partitioned_table AS p JOIN pg_class AS c ON c.oid = p.partrelid
		WHERE c.relnamespace = {{literal}}::regnamespace AND p.partstrat = 'r'
		ORDER BY c.relname
	LOOP
		EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I DEFAULT',
			parent || '_default', parent);
	END LOOP;
	WHILE make_partition(at - interval '1 month', at + interval '400 days') IS NOT NULL LOOP
	END LOOP;

	PERFORM set_config('soleus.every_tenant', 'on', true);
	SELECT greatest((SELECT xid FROM outbox ORDER BY xid DESC, id DESC LIMIT 1),
		(SELECT xid FROM audit ORDER BY xid DESC, id DESC LIMIT 1)) INTO newest;
	IF newest >= outbox_position(pg_snapshot_xmax(pg_current_snapshot())) THEN
		-- Whoever writes with the old positions ends first.
		LOCK TABLE outbox, audit IN ACCESS EXCLUSIVE MODE;
		EXECUTE format('CREATE OR REPLACE FUNCTION outbox_position(transaction xid8) RETURNS xid8 '
			'LANGUAGE sql IMMUTABLE PARALLEL SAFE '
			'AS $f$ SELECT (transaction::text::bigint + %s)::text::xid8 $f$',
			newest::text::bigint + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
	END IF;
	PERFORM set_config('soleus.every_tenant', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION migrated FROM PUBLIC;

-- Forgetting keys concerns every organisation, as reading the outbox does.
ALTER POLICY tenant ON idempotency
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]) OR (SELECT every_tenant()));
GRANT DELETE ON idempotency TO {{service}};
