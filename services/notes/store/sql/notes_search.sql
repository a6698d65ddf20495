-- Notes that have every word of $2 and every term of $3, of the person who has id $10 (NULL: of anybody,
-- for whom person_ids has one row without an id), signed from $4 on and before ($5, $6), in their newest
-- versions and such that practitioner $8 (NULL: not bound by clinics) may read at $9, the last signed
-- first, at most $7. The rarest term leads, the one whose 200 newest notes reach back the furthest; the others
-- are asked for each of its notes, the rarer first, $18 of them at most. When that was not enough the last row
-- is the note up to which was looked, with `found` false: the next question goes on there.
-- Of anybody: a row of the trail for each athlete whose notes are found ($11 to $17: what audit_add has from
-- its $2 on), so that each of them can see who read it.
-- OFFSET 0: what is asked of one note stays so, and is never a list of all of them.
-- By note_term_key, backwards, and its exact rows; note_key, note_version, and what access_of names.
-- Locks: the new rows.
WITH looked AS MATERIALIZED (
	SELECT looked.*
	FROM person_ids($1, $10::uuid) AS person
	CROSS JOIN LATERAL (
		WITH asked AS MATERIALIZED (
			SELECT 'w:' || unnest(words_of($2)) AS term
			UNION
			SELECT unnest($3::text[])
			UNION
			SELECT 'h:' || person.athlete_id WHERE person.athlete_id IS NOT NULL
		), ranked AS MATERIALIZED (
			SELECT term, row_number() OVER (ORDER BY reaches_to NULLS FIRST, term) AS rank
			FROM (
				SELECT term, (
					SELECT signed_at FROM note_term
					WHERE note_term.organisation_id = $1 AND note_term.term = asked.term
						AND signed_at >= $4::timestamptz AND signed_at <= $5::timestamptz
					ORDER BY signed_at DESC
					OFFSET 200 LIMIT 1
				) AS reaches_to
				FROM asked
			) AS spread
			ORDER BY rank
		), hit AS MATERIALIZED (
			SELECT note.note_id, note.signed_at, note.encounter_id, note.athlete_id,
				note.practitioner_id, note.clinic_id, note.complaint, note.version
			FROM (
				SELECT walked.signed_at, walked.note_id
				FROM (
					SELECT signed_at, note_id
					FROM note_term
					WHERE organisation_id = $1 AND term = (SELECT term FROM ranked WHERE rank = 1)
						AND signed_at >= $4::timestamptz
						AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
					ORDER BY signed_at DESC, note_id DESC
					LIMIT $18::int
				) AS walked
				WHERE NOT EXISTS (
					SELECT FROM ranked AS other
					WHERE other.rank > 1 AND NOT EXISTS (
						SELECT FROM note_term AS also
						WHERE also.organisation_id = $1 AND also.term = other.term
							AND also.signed_at = walked.signed_at AND also.note_id = walked.note_id
						OFFSET 0
					)
				)
				ORDER BY walked.signed_at DESC, walked.note_id DESC
			) AS matched
			JOIN note ON note.organisation_id = $1 AND note.note_id = matched.note_id
			WHERE NOT EXISTS (
					SELECT FROM note AS later
					WHERE later.organisation_id = $1 AND later.encounter_id = note.encounter_id
						AND later.version = note.version + 1
					OFFSET 0
				)
				AND ($8::uuid IS NULL OR EXISTS (
					SELECT FROM access_of($1, $8::uuid, note.athlete_id, $9::timestamptz) OFFSET 0
				))
			ORDER BY matched.signed_at DESC, matched.note_id DESC
			LIMIT $7::int
		)
		SELECT true AS found, hit.* FROM hit
		UNION ALL
		SELECT false, note_id, signed_at, NULL, NULL, NULL, NULL, NULL, NULL
		FROM (
			SELECT signed_at, note_id
			FROM note_term
			WHERE organisation_id = $1 AND term = (SELECT term FROM ranked WHERE rank = 1)
				AND signed_at >= $4::timestamptz
				AND (signed_at, note_id) < ($5::timestamptz, $6::uuid)
				AND (SELECT count(*) FROM hit) < $7::int
			ORDER BY signed_at DESC, note_id DESC
			OFFSET $18::int - 1 LIMIT 1
		) AS edge
	) AS looked
), page AS MATERIALIZED (
	SELECT * FROM looked
	WHERE (signed_at, note_id) >= (
		SELECT signed_at, note_id FROM (
			SELECT signed_at, note_id FROM looked WHERE NOT found
			UNION ALL
			SELECT '-infinity', '00000000-0000-0000-0000-000000000000'
		) AS edge
		ORDER BY signed_at DESC, note_id DESC LIMIT 1
	)
	ORDER BY signed_at DESC, note_id DESC, found DESC
	LIMIT $7::int
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id)
	SELECT $1::uuid, $11::timestamptz, $12, $13::uuid, $14, $15, $16::uuid, $17, athlete_id
	FROM page
	WHERE $10::uuid IS NULL AND found
	GROUP BY athlete_id
)
SELECT note_id, signed_at, encounter_id, athlete_id, practitioner_id, clinic_id, complaint, version, found
FROM page ORDER BY signed_at DESC, note_id DESC, found DESC
