-- What decides whether the note of encounter $2, or of the one whose note $3 is, can be signed: one row
-- with the newest version there is, or none when there is no such encounter. A walk-in was treated when it was
-- opened, whenever its note is signed, and is taken to last two hours at most. Consent counts that is in force,
-- or was when the visit ended (the newest word of the person): what was done by consent can be written down
-- after a withdrawal. What the athlete answers when the visit is over screens nothing that was done at it;
-- staff may record later what was asked then. An amendment is judged by what its note was signed under: nothing that
-- is said afterwards of screening, or of consent to needles that went in, keeps a mistake from being put right.
-- For the rule pack: the day of the visit where the clinic is, and what is known of consent and training.
-- By encounter_key, note_version, note_key, draft_key, appointment_key, treatment_consent_key, screening_newest,
-- note_site_key, clinic_key and practitioner_key: coalesce() is not leakproof, so row-level security lets it through
-- to an index only as a value that was made before (a scalar subquery, or OFFSET 0). Locks: none.
SELECT
	encounter.encounter_id, encounter.appointment_id, encounter.athlete_id, encounter.practitioner_id,
	encounter.clinic_id, coalesce(appointment.ends_at, encounter.opened_at) AS visit_ends_at,
	screening.screening_id, screening.outcome,
	coalesce(consent.granted, false) OR EXISTS (SELECT FROM note_site
		WHERE organisation_id = $1 AND note_site.note_id = newest.note_id) AS treatment_consent,
	newest.note_id AS newest_note_id, newest.version AS newest_version, newest.cosigner_id,
	newest.treated_at,
	clinic.jurisdiction,
	(coalesce(appointment.ends_at, encounter.opened_at) AT TIME ZONE coalesce(clinic.zone, 'UTC'))::date
		- DATE '1970-01-01' AS visit_day,
	practitioner.needling_training_hours,
	coalesce(consent.written, false) AS consent_written,
	coalesce(consent.copy_given, false) AS consent_copy_given,
	draft.version AS draft_version
FROM (
	SELECT *, coalesce(appointment_id, encounter_id) AS visit_id
	FROM encounter AS this
	WHERE this.organisation_id = $1 AND this.encounter_id = (SELECT coalesce($2::uuid,
		(SELECT encounter_id FROM note WHERE organisation_id = $1 AND note_id = $3::uuid)))
	OFFSET 0
) AS encounter
LEFT JOIN appointment ON appointment.organisation_id = $1
	AND appointment.appointment_id = encounter.appointment_id
LEFT JOIN LATERAL (
	SELECT note_id, version, cosigner_id, treated_at, screening_id
	FROM note
	WHERE organisation_id = $1 AND note.encounter_id = encounter.encounter_id
	ORDER BY version DESC
	LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
	SELECT screening_id, outcome
	FROM screening
	WHERE organisation_id = $1
		AND screening.visit_id = encounter.visit_id
		AND (newest.screening_id IS NULL OR screening.screening_id = newest.screening_id)
		AND (by_staff OR recorded_at <= coalesce(appointment.ends_at, encounter.opened_at + interval '2 hours'))
	ORDER BY recorded_at DESC, screening_id DESC
	LIMIT 1
) AS screening ON true
LEFT JOIN LATERAL (
	SELECT bool_or(newest.granted) AS granted,
		bool_or(newest.granted AND newest.text_version <> '') AS written,
		bool_or(newest.granted AND newest.copy_given) AS copy_given
	FROM unnest(ARRAY[coalesce(appointment.ends_at, encounter.opened_at + interval '2 hours'), 'infinity'])
		AS moment (at)
	CROSS JOIN LATERAL (
		SELECT granted, text_version, copy_given
		FROM person_ids($1, encounter.athlete_id) AS person
		JOIN treatment_consent ON treatment_consent.organisation_id = $1
			AND treatment_consent.athlete_id = person.athlete_id
		WHERE recorded_at <= moment.at
		ORDER BY recorded_at DESC, consent_id DESC
		LIMIT 1
	) AS newest
) AS consent ON true
LEFT JOIN LATERAL (
	SELECT CASE WHEN content IS NOT NULL THEN version END AS version
	FROM draft
	WHERE organisation_id = $1 AND draft.encounter_id = encounter.encounter_id
		AND note_version = coalesce(newest.version, 0) + 1 AND NOT refused
	ORDER BY draft.version DESC
	LIMIT 1
) AS draft ON true
LEFT JOIN clinic ON clinic.organisation_id = $1 AND clinic.clinic_id = encounter.clinic_id
LEFT JOIN practitioner ON practitioner.organisation_id = $1
	AND practitioner.practitioner_id = encounter.practitioner_id
