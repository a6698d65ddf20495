-- Training of an athlete as far as any windows of T1 to T3 can reach around [$3, $4); changed_at tells
-- what came after a visit was graded. training_session_near.
SELECT kind, starts_at, ends_at, all_day, changed_at FROM training_session
WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2)) AND starts_at > $3::timestamptz - interval '46 days'
	AND starts_at < $4::timestamptz + interval '44 days' AND ends_at > $3::timestamptz - interval '15 days'
ORDER BY starts_at, source, uid LIMIT 4000
