-- Athletes of organisation $1 who have been at a clinic, last before $2 (the instant asked), have no visit to
-- come at $3, and are of home clinic $4 (NULL: any), least recently seen first, behind athlete $6 of instant $5,
-- at most $7; of athletes $8 alone (NULL: all). Of a merged person the survivor's record stands for all.
-- Index: athlete_pkey, athlete_alias_key, visit_athlete, treatment_athlete. Locks: none.
SELECT a.athlete_id, a.home_clinic_id, seen.at AS seen_at,
	EXISTS (SELECT FROM person_reach($1, a.athlete_id, known.merged, 'reminders') AS r WHERE NOT r.opted_out)
		AS reachable
FROM athlete a
CROSS JOIN LATERAL (
	SELECT coalesce((SELECT true FROM athlete_alias other
		WHERE other.organisation_id = $1 AND other.survivor_id = a.athlete_id LIMIT 1), false) AS merged
) AS known
CROSS JOIN LATERAL (
	SELECT max(x.at) AS at FROM person_ids($1, a.athlete_id) AS who
	CROSS JOIN LATERAL (
		SELECT max(v.ends_at) AS at FROM visit v
		WHERE v.organisation_id = $1 AND v.athlete_id = who.athlete_id
			AND v.state IN ('checked_in', 'completed')
		UNION ALL
		SELECT max(t.treated_at) FROM treatment t
		WHERE t.organisation_id = $1 AND t.athlete_id = who.athlete_id
	) AS x
) AS seen
WHERE a.organisation_id = $1 AND ($4::uuid IS NULL OR a.home_clinic_id = $4)
	AND NOT EXISTS (SELECT FROM athlete_alias alias
		WHERE alias.organisation_id = $1 AND alias.athlete_id = a.athlete_id)
	AND seen.at < $2 AND (seen.at, a.athlete_id) > ($5::timestamptz, $6::uuid)
	AND ($8::uuid[] IS NULL OR a.athlete_id = ANY ($8::uuid[]))
	AND NOT EXISTS (
		SELECT FROM person_ids($1, a.athlete_id) AS who
		JOIN visit v ON v.organisation_id = $1 AND v.athlete_id = who.athlete_id
		WHERE v.state IN ('booked', 'offered') AND v.starts_at > $3
	)
ORDER BY seen.at, a.athlete_id
LIMIT $7
