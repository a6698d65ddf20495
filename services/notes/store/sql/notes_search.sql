-- Notes that have every word of $2 and every term of $3, of the person who has id $10 (NULL: of anybody,
-- for whom person_ids has one row without an id), signed from $4 on and before ($5, $6), in their newest
-- versions and such that practitioner $8 (NULL: not bound by clinics) may read at $9, the last signed
-- first, at most $7. The rarest term leads, as far as can be counted quickly, and the others are asked for
-- each of its notes. Of anybody: a row of the trail for each athlete whose notes are found ($11 to $17: what
-- audit_add has from its $2 on), so that each of them can see who read it.
-- By note_term_key, backwards, and its exact rows; note_key, note_version, and what access_of names.
-- Locks: the new rows.
WITH found AS MATERIALIZED (
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
			SELECT asked.term, (
				SELECT count(*) FROM (
					SELECT FROM note_term
					WHERE note_term.organisation_id = $1 AND note_term.term = asked.term
						AND signed_at >= $4::timestamptz AND signed_at <= $5::timestamptz
					LIMIT 2000
				) AS first_of_them
			) AS notes
			FROM asked
		), rarest AS MATERIALIZED (
			SELECT term FROM counted ORDER BY notes, term LIMIT 1
		)
		SELECT hit.note_id, hit.signed_at, note.encounter_id, note.athlete_id, note.practitioner_id,
			note.clinic_id, note.complaint, note.version
		FROM rarest
		CROSS JOIN LATERAL (
			SELECT found.note_id, found.signed_at
			FROM note_term AS found
			WHERE found.organisation_id = $1 AND found.term = rarest.term
				AND found.signed_at >= $4::timestamptz
				AND (found.signed_at, found.note_id) < ($5::timestamptz, $6::uuid)
				AND NOT EXISTS (
					SELECT FROM asked AS other
					WHERE other.term <> rarest.term AND NOT EXISTS (
						SELECT FROM note_term AS also
						WHERE also.organisation_id = $1 AND also.term = other.term
							AND also.signed_at = found.signed_at AND also.note_id = found.note_id
					)
				)
				AND NOT EXISTS (
					SELECT FROM note AS this
					JOIN note AS later ON later.organisation_id = $1
						AND later.encounter_id = this.encounter_id AND later.version = this.version + 1
					WHERE this.organisation_id = $1 AND this.note_id = found.note_id
				)
				AND ($8::uuid IS NULL OR EXISTS (
					SELECT FROM note AS its
					CROSS JOIN access_of($1, $8::uuid, its.athlete_id, $9::timestamptz)
					WHERE its.organisation_id = $1 AND its.note_id = found.note_id
				))
			ORDER BY found.signed_at DESC, found.note_id DESC
			LIMIT $7::int
		) AS hit
		JOIN note ON note.organisation_id = $1 AND note.note_id = hit.note_id
	) AS found
	ORDER BY signed_at DESC, note_id DESC
	LIMIT $7::int
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id)
	SELECT $1::uuid, $11::timestamptz, $12, $13::uuid, $14, $15, $16::uuid, $17, athlete_id
	FROM found
	WHERE $10::uuid IS NULL
	GROUP BY athlete_id
)
SELECT * FROM found ORDER BY signed_at DESC, note_id DESC
