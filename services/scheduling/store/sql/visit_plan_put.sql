-- A plan, new or changed; whose it is never changes: SL003 for a plan of another athlete, or for one
-- that was to be changed ($9) and is not there. visit_plan_key; waits for bookings that count it.
WITH put AS (
	INSERT INTO visit_plan (organisation_id, plan_id, athlete_id, service_id, name, visits, starts_at,
		ends_at)
	SELECT $1, $2, $3, $4, $5, $6, $7, $8
	WHERE NOT $9::boolean OR (SELECT true FROM visit_plan WHERE organisation_id = $1
		AND plan_id = $2) IS NOT NULL
	ON CONFLICT (organisation_id, plan_id) DO UPDATE
	SET service_id = excluded.service_id, name = excluded.name, visits = excluded.visits,
		starts_at = excluded.starts_at, ends_at = excluded.ends_at
	WHERE visit_plan.athlete_id = excluded.athlete_id
	RETURNING plan_id
)
SELECT require(count(*) = 1, 'SL003', 'no such plan of this athlete') FROM put
