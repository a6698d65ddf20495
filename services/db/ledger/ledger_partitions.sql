-- Monthly partitions of every table of the schema that is partitioned by time, from the month before
-- {{literal_now}} to 400 days after it, and a DEFAULT for what lies outside. A month that has rows in
-- DEFAULT already stays there.
DO $$
DECLARE
	parent record;
	month timestamptz;
	until timestamptz := {{literal_now}}::timestamptz + interval '400 days';
BEGIN
	PERFORM set_config('TimeZone', 'UTC', true);
	FOR parent IN
		SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
		WHERE c.relnamespace = {{literal}}::regnamespace AND p.partstrat = 'r'
		ORDER BY c.relname
	LOOP
		EXECUTE format('CREATE TABLE IF NOT EXISTS {{service}}.%I PARTITION OF {{service}}.%I DEFAULT',
			parent.relname || '_default', parent.relname);
		month := date_trunc('month', {{literal_now}}::timestamptz) - interval '1 month';
		WHILE month < until LOOP
			BEGIN
				EXECUTE format('CREATE TABLE IF NOT EXISTS {{service}}.%I PARTITION OF {{service}}.%I '
					'FOR VALUES FROM (%L) TO (%L)',
					parent.relname || to_char(month, '"_y"YYYY"m"MM'), parent.relname,
					month, month + interval '1 month');
			EXCEPTION WHEN check_violation THEN
				NULL;
			END;
			month := month + interval '1 month';
		END LOOP;
	END LOOP;
END $$;
