-- tenants: every
-- lane: bulk
-- Who has drafts that were begun, or discarded, before $1. By draft_begun. Locks: none.
SELECT DISTINCT organisation_id FROM draft
WHERE (version = 1 OR content IS NULL) AND saved_at < $1::timestamptz
