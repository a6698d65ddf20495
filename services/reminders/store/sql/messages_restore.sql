-- Address $2 of organisation $1 has opted in again, or (NULL) athletes $5 were parted from somebody who
-- opted out, at $3: what those who have it, or they, would miss because of the opt-out ($4: the reason that
-- was written down then) and what still lies ahead is planned again, of a visit only while it is booked, for
-- the time that it has now. $6 says why. Who was parted and has opted out stays so. What was due meanwhile
-- stays unsent.
-- Index: contact_point_address, athlete_alias_key, athlete_alias_survivor, planned_message_athlete,
-- decision_pkey, visit_pkey. Locks: the rows.
WITH theirs AS MATERIALIZED (
	SELECT m.message_id
	FROM (
		SELECT survivor_id, merged FROM address_persons($1, $2)
		UNION
		SELECT known.survivor_id, coalesce((SELECT true FROM athlete_alias other
			WHERE other.organisation_id = $1 AND other.survivor_id = known.survivor_id LIMIT 1), false)
		FROM (SELECT coalesce((SELECT alias.survivor_id FROM athlete_alias alias
			WHERE alias.organisation_id = $1 AND alias.athlete_id = asked.id), asked.id) AS survivor_id
			FROM unnest($5::uuid[]) AS asked (id) OFFSET 0) AS known
	) AS p
	CROSS JOIN LATERAL person_ids($1, p.survivor_id) AS who
	JOIN message m ON m.organisation_id = $1 AND m.athlete_id = who.athlete_id AND m.due_at > $3
		AND m.state = 'suppressed' AND m.why = $4
	WHERE (m.encounter_id IS NOT NULL OR EXISTS (
			SELECT FROM visit v
			WHERE v.organisation_id = $1 AND v.appointment_id = m.appointment_id
				AND v.state = 'booked' AND v.starts_at > $3 AND v.version <= m.visit_version
		))
		AND ($5::uuid[] IS NULL OR EXISTS (
			SELECT FROM person_reach($1, p.survivor_id, p.merged, m.consent) AS r WHERE NOT r.opted_out
		))
), undone AS (
	DELETE FROM decision d USING theirs
	WHERE d.organisation_id = $1 AND d.message_id = theirs.message_id AND d.state = 'suppressed' AND d.why = $4
	RETURNING d.message_id
), restored AS (
	UPDATE planned_message m SET why = 'planned again: ' || $6::text
	FROM undone WHERE m.organisation_id = $1 AND m.message_id = undone.message_id
	RETURNING m.*
), waiting AS (
	INSERT INTO queue (organisation_id, clinic_id, priority, due_at, message_id)
	SELECT $1, coalesce(clinic_id, '00000000-0000-0000-0000-000000000000'), priority, due_at, message_id
	FROM restored
)
INSERT INTO delivery (organisation_id, at, message_id, outcome, channel, why)
SELECT $1, $3, message_id, 'restored', '', $6::text FROM restored
