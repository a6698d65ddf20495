-- Parts of the record of the person who has id $2 behind part $4 of instant $3, in the order of time, at
-- most $5: screenings, encounters, and every version of every note.
-- By screening_by_athlete, encounter_by_athlete and note_by_athlete. Locks: none.
SELECT part.*
FROM person_ids($1, $2) AS person
CROSS JOIN LATERAL (
	(
		SELECT 'screening' AS kind, screening_id AS part_id, recorded_at AS at, recorded_by AS by,
			athlete_id, visit_id, NULL::uuid AS encounter_id, NULL::uuid AS practitioner_id,
			NULL::uuid AS clinic_id, 0 AS version, outcome, array_to_string(items, ' ') AS items,
			array_to_string(open_items, ' ') AS open_items, by_staff, language
		FROM screening
		WHERE organisation_id = $1 AND athlete_id = person.athlete_id
			AND recorded_at >= $3::timestamptz AND (recorded_at, screening_id) > ($3::timestamptz, $4::uuid)
		ORDER BY recorded_at, screening_id
		LIMIT $5::int
	) UNION ALL (
		SELECT 'encounter', encounter_id, opened_at, opened_by, athlete_id,
			coalesce(appointment_id, encounter_id), NULL, practitioner_id, clinic_id, 0, '', '', '',
			false, ''
		FROM encounter
		WHERE organisation_id = $1 AND athlete_id = person.athlete_id
			AND (opened_at, encounter_id) > ($3::timestamptz, $4::uuid)
		ORDER BY opened_at, encounter_id
		LIMIT $5::int
	) UNION ALL (
		SELECT 'note', note_id, signed_at, signed_by, athlete_id, coalesce(appointment_id, encounter_id),
			encounter_id, practitioner_id, clinic_id, version, '', '', '', false, ''
		FROM note
		WHERE organisation_id = $1 AND athlete_id = person.athlete_id
			AND signed_at >= $3::timestamptz AND (signed_at, note_id) > ($3::timestamptz, $4::uuid)
		ORDER BY signed_at, note_id
		LIMIT $5::int
	)
) AS part
ORDER BY at, part_id
LIMIT $5::int
