-- Who granted for a minor. Kept with the word itself: the guardian on the athlete's record can change later.
-- The name goes when the athlete is erased; that somebody granted, and when, stays.
ALTER TABLE consent ADD COLUMN guardian_name text NOT NULL DEFAULT '';
GRANT UPDATE (guardian_name) ON consent TO {{service}};
