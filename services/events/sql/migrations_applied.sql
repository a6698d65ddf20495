-- tenants: every
-- The migrations that the schema has. A short table. Locks: none.
SELECT name FROM migration ORDER BY name
