-- Notes that have every word of $2 and every term of $3, of the person who has id $10 (NULL: of anybody,
-- for whom person_ids has one row without an id), signed from $4 on and before ($5, $6), in their newest
-- versions and such that practitioner $8 (NULL: not bound by clinics) may read at $9, the last signed
-- first, at most $7. Of each term the newest 2000 are counted. If the rarest has fewer, the others are asked
-- for each of these: 2000 look-ups for a term at most. Else the lists of the four whose newest reach
-- furthest back, the rarest, are put together, newest first: a note is in all of them when it stands there
-- as often as there are lists; more terms are asked for what they have in common. So words that meet often
-- stop early, and frequent words that never meet cost each entry of their lists once.
-- No join of lists: on a table without statistics the planner would compare each entry with each; the worst
-- that it can make of this is to sort them. Nor may it take any index of note for as good as another: each
-- look has an order that one index alone has. Scalar subqueries, in a CASE: look-ups, in this order.
-- By note_term_key, backwards, and its exact rows; note_key, note_version, and what access_of names.
-- Locks: none.
SELECT found.*
FROM person_ids($1, $10::uuid) AS person
CROSS JOIN LATERAL (
	WITH asked AS MATERIALIZED (
		SELECT 'w:' || unnest(tsvector_to_array(to_tsvector('simple', $2))) AS term
		UNION
		SELECT unnest($3::text[])
		UNION
		SELECT 'h:' || person.athlete_id WHERE person.athlete_id IS NOT NULL
	), counted AS (
		SELECT asked.term, newest.notes, newest.since
		FROM asked
		CROSS JOIN LATERAL (
			SELECT count(*) AS notes, min(signed_at) AS since FROM (
				SELECT signed_at FROM note_term
				WHERE note_term.organisation_id = $1 AND note_term.term = asked.term
					AND signed_at >= $4::timestamptz AND signed_at <= $5::timestamptz
				ORDER BY signed_at DESC, note_id DESC
				LIMIT 2000
			) AS first_of_them
		) AS newest
	), asking AS MATERIALIZED (
		SELECT terms, CASE WHEN notes < 2000 THEN 1 ELSE least(cardinality(terms), 4) END AS lists
		FROM (
			SELECT min(notes) AS notes, array_agg(term ORDER BY notes, since, term) AS terms
			FROM counted
		) AS ordered
	)
	SELECT hit.note_id, hit.signed_at, hit.encounter_id, hit.athlete_id, hit.practitioner_id,
		hit.clinic_id, hit.complaint, hit.version
	FROM asking
	CROSS JOIN LATERAL (
		SELECT met.signed_at, its.*
		FROM (
			SELECT signed_at, note_id
			FROM (
				(SELECT signed_at, note_id FROM note_term
				WHERE organisation_id = $1 AND term = asking.terms[1]
					AND signed_at >= $4::timestamptz
					AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
				ORDER BY signed_at DESC, note_id DESC)
				UNION ALL
				(SELECT signed_at, note_id FROM note_term
				WHERE asking.lists >= 2 AND organisation_id = $1 AND term = asking.terms[2]
					AND signed_at >= $4::timestamptz
					AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
				ORDER BY signed_at DESC, note_id DESC)
				UNION ALL
				(SELECT signed_at, note_id FROM note_term
				WHERE asking.lists >= 3 AND organisation_id = $1 AND term = asking.terms[3]
					AND signed_at >= $4::timestamptz
					AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
				ORDER BY signed_at DESC, note_id DESC)
				UNION ALL
				(SELECT signed_at, note_id FROM note_term
				WHERE asking.lists >= 4 AND organisation_id = $1 AND term = asking.terms[4]
					AND signed_at >= $4::timestamptz
					AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
				ORDER BY signed_at DESC, note_id DESC)
			) AS entry
			GROUP BY signed_at, note_id
			HAVING count(*) = asking.lists
			ORDER BY signed_at DESC, note_id DESC OFFSET 0
		) AS met
		CROSS JOIN LATERAL (
			SELECT note_id, encounter_id, athlete_id, practitioner_id, clinic_id, complaint, version
			FROM note
			WHERE organisation_id = $1 AND note_id <= met.note_id AND (
				SELECT true FROM unnest(asking.terms[asking.lists + 1:]) AS other (term)
				WHERE (
					SELECT also.note_id FROM note_term AS also
					WHERE also.organisation_id = $1 AND also.term = other.term
						AND also.signed_at = met.signed_at AND also.note_id = met.note_id
				) IS NULL
				LIMIT 1
			) IS NULL
			ORDER BY note_id DESC
			LIMIT 1
		) AS its
		WHERE its.note_id = met.note_id AND CASE
			WHEN (
				SELECT later.version FROM note AS later
				WHERE later.organisation_id = $1 AND later.encounter_id = its.encounter_id
				ORDER BY later.version DESC
				LIMIT 1
			) > its.version THEN false
			WHEN $8::uuid IS NULL THEN true
			ELSE (SELECT may_read FROM access_of($1, $8::uuid, its.athlete_id, $9::timestamptz))
		END
		ORDER BY met.signed_at DESC, met.note_id DESC
		LIMIT $7::int
	) AS hit
) AS found
ORDER BY signed_at DESC, note_id DESC
LIMIT $7::int
