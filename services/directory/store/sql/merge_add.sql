-- Merges $4 into $3 as merge $2, behind merge_lock, whose locks make what is asked here true until the end
-- of the unit: neither is merged, none is merged into $4, and neither is erased; else SL001, somebody was
-- faster. By the keys of athlete and athlete_alias. Locks: the new rows.
WITH free AS (
	SELECT require(
		(SELECT count(*) FROM unnest(ARRAY[$3::uuid, $4::uuid]) AS asked (id)
			JOIN athlete ON athlete.organisation_id = $1 AND athlete.athlete_id = asked.id
			WHERE erased_at IS NULL) = 2
		AND NOT EXISTS (SELECT FROM unnest(ARRAY[$3::uuid, $4::uuid]) AS asked (id)
			JOIN athlete_alias ON athlete_alias.organisation_id = $1
				AND athlete_alias.athlete_id = asked.id)
		AND NOT EXISTS (SELECT FROM athlete_alias
			WHERE organisation_id = $1 AND survivor_id = $4::uuid),
		'SL001', 'merged or erased meanwhile') AS holds
), kept AS (
	INSERT INTO athlete_merge (organisation_id, merge_id, survivor_id, merged_id, reason, merged_at,
		merged_by)
	SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::timestamptz, $7 FROM free WHERE holds
)
INSERT INTO athlete_alias (organisation_id, athlete_id, survivor_id, merge_id)
SELECT $1::uuid, $4::uuid, $3::uuid, $2::uuid FROM free WHERE holds
