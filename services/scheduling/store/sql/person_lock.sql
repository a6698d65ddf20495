-- Before a merge or an unmerge: waits for who is writing rows of the organisation's athletes, and keeps others
-- until the unit ends (0010_merge.sql).
SELECT pg_advisory_xact_lock(person_lock($1))
