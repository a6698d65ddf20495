-- The tenant's policy beside a statement's own predicate made each look into an index one for an array, which is
-- sorted anew for every row that a batch looks up. As a truth test it is no index condition: it filters what the
-- statement's own predicate finds.
DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['clinic', 'athlete', 'contact_point', 'consent', 'visit', 'opt_out',
		'planned_message', 'decision', 'queue', 'lane', 'athlete_alias']
	LOOP
		EXECUTE format('ALTER POLICY tenant ON %I
			USING ((organisation_id = ANY ((SELECT tenants())::uuid[])) IS TRUE)
			WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]))', name);
	END LOOP;
END $$;
