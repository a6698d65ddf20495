-- tenants: every
-- Who is to be checked, earliest first, at most 200; timing_recheck_due.
SELECT organisation_id, athlete_id, asked, due_at, last FROM timing_recheck ORDER BY due_at LIMIT 200
