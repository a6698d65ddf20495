-- What has been applied in a schema, oldest first.
SELECT name, hash FROM {{service}}.migration ORDER BY name
