-- $1 file, $2 its hash, $3 when
INSERT INTO {{service}}.migration (name, hash, applied_at) VALUES ($1, $2, $3)
