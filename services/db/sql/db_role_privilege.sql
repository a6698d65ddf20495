-- What lets this role step over row-level security, in words; '' when nothing does.
SELECT CASE
	WHEN r.rolsuper THEN 'is a superuser'
	WHEN r.rolbypassrls THEN 'has BYPASSRLS'
	WHEN EXISTS (
		SELECT FROM pg_roles AS other
		WHERE (other.rolsuper OR other.rolbypassrls) AND pg_has_role(r.oid, other.oid, 'MEMBER')
	) THEN 'is a member of a privileged role'
	WHEN EXISTS (
		SELECT FROM pg_class AS t
		WHERE t.relnamespace = to_regnamespace(current_schema()) AND t.relkind IN ('r', 'p')
			AND pg_has_role(r.oid, t.relowner, 'MEMBER')
	) THEN 'owns tables of its schema'
	ELSE ''
END
FROM pg_roles AS r
WHERE r.rolname = session_user
