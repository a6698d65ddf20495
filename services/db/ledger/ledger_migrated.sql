-- Lets a schema look after what its files cannot know (partitions of the months around
-- {{literal_now}}, for one): calls its function migrated(timestamptz), when it has one.
DO $$
BEGIN
	IF to_regprocedure(quote_ident({{literal}}) || '.migrated(timestamptz)') IS NOT NULL THEN
		PERFORM {{service}}.migrated({{literal_now}}::timestamptz);
	END IF;
END $$;
