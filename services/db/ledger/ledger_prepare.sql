-- Owner, login role, schema and ledger of one service; may be run again.
-- {{service}} is the schema's quoted name, {{literal}} the same as text.
DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'soleus_owner') THEN
		CREATE ROLE soleus_owner NOLOGIN;
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {{literal}}) THEN
		CREATE ROLE {{service}} LOGIN;
	END IF;
	EXECUTE format('GRANT CREATE ON DATABASE %I TO soleus_owner', current_database());
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO {{service}}', current_database());
END $$;
GRANT soleus_owner TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO soleus_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS {{service}} AUTHORIZATION soleus_owner;
GRANT USAGE ON SCHEMA {{service}} TO {{service}};
ALTER ROLE {{service}} SET search_path = {{service}}, public;
CREATE TABLE IF NOT EXISTS {{service}}.migration (
	name       text        PRIMARY KEY,
	hash       text        NOT NULL,
	applied_at timestamptz NOT NULL
);
ALTER TABLE {{service}}.migration OWNER TO soleus_owner;
GRANT SELECT ON {{service}}.migration TO {{service}};
