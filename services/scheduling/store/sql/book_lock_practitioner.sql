-- Before the way between clinics is looked at: one at a time for practitioner $2, until the unit ends.
SELECT pg_advisory_xact_lock(hashtextextended($1::text || $2::text, 0))
