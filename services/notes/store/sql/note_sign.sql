-- Signed notes of many callers: note, sites (R1), areas, measures, what each is found by, the author's
-- signature, its trail, its event, and the claim of its key with the reply. An array for each parameter, a row
-- for each caller; what a caller has several of comes as one array's text. A version that is there already
-- (note_version), or a draft that is not the one that was read (the trigger draft_was_read), signs nothing:
-- `signed` is false then, and it is no error to the others. A key that is taken fails by idempotency_key.
-- Notes go in the order of their encounters, keys in their own, so that two batches cannot deadlock.
-- Locks: the new rows; shares the encounter's first, which waits for a save of its draft, then the screening's
-- and the amended note's by their foreign keys.
WITH asked AS MATERIALIZED (
	SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[],
		$8::uuid[], $9::int[], $10::uuid[], $11::text[], $12::uuid[], $13::timestamptz[],
		$14::timestamptz[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[],
		$21::boolean[], $22::bytea[], $23::bytea[], $24::text[], $25::int[], $26::text[], $27::int[],
		$28::text[], $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[],
		$35::text[], $36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::text[],
		$42::text[], $43::text[], $44::text[], $45::text[], $46::text[], $47::text[], $48::text[],
		$49::text[], $50::text[], $51::uuid[], $52::bytea[], $53::bytea[], $54::bytea[], $55::text[],
		$56::text[], $57::uuid[], $58::text[], $59::text[], $60::uuid[], $61::text[],
		$62::text[], $63::bytea[], $64::text[], $65::text[], $66::bytea[])
	WITH ORDINALITY AS asked (organisation_id, note_id, encounter_id, appointment_id, athlete_id,
		practitioner_id, clinic_id, screening_id, version, amends_note_id, reason, cosigner_id, treated_at,
		signed_at, signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code,
		thorax, content, content_hash, pack_code, pack_version, jurisdiction, draft_version,
		muscles, sides, approaches, gauges, lengths, depths, insertions,
		retentions, twitches, referrals, pains, needles_in, needles_out, finding_keys,
		areas, area_sides, instruments, measure_areas, measure_sides, moments, measure_values,
		words, terms, signer_id, seal, signature, public_key, key_holder,
		actor, actor_id, through, method, at_clinic_id, traceparent,
		type, payload, key, fingerprint, reply, caller)
), signed AS (
	INSERT INTO note (organisation_id, note_id, encounter_id, appointment_id, athlete_id, practitioner_id,
		clinic_id, screening_id, version, amends_note_id, reason, cosigner_id, treated_at, signed_at,
		signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax,
		content, content_hash, pack_code, pack_version, jurisdiction, draft_version)
	SELECT organisation_id, note_id, encounter_id, appointment_id, athlete_id, practitioner_id,
		clinic_id, screening_id, version, amends_note_id, reason, cosigner_id, treated_at, signed_at,
		signed_by, complaint, tissue_to_calm, why_overloaded, drivers::text[], procedure_code, thorax,
		content, content_hash, pack_code, pack_version, jurisdiction, draft_version
	FROM asked ORDER BY organisation_id, encounter_id
	ON CONFLICT DO NOTHING
	RETURNING note_id
), kept AS MATERIALIZED (
	SELECT * FROM asked WHERE note_id IN (SELECT note_id FROM signed)
), sites AS (
	INSERT INTO note_site (organisation_id, note_id, muscle, side, approach, gauge_um, length_mm,
		depth_mm, insertions, retention_s, local_twitch_response, referral, pain_during, needles_in,
		needles_out, finding_keys, position)
	SELECT organisation_id, note_id, site.muscle, site.side, site.approach, site.gauge_um, site.length_mm,
		site.depth_mm, site.insertions, site.retention_s, site.local_twitch_response, site.referral,
		site.pain_during, site.needles_in, site.needles_out, site.finding_keys::text[], site.position
	FROM kept CROSS JOIN LATERAL unnest(muscles::text[], sides::text[], approaches::text[], gauges::int[],
		lengths::int[], depths::int[], kept.insertions::int[], retentions::int[], twitches::boolean[],
		referrals::boolean[], pains::double precision[], kept.needles_in::int[], kept.needles_out::int[],
		kept.finding_keys::text[])
		WITH ORDINALITY AS site (muscle, side, approach, gauge_um, length_mm, depth_mm, insertions,
			retention_s, local_twitch_response, referral, pain_during, needles_in, needles_out,
			finding_keys, position)
), treated AS (
	INSERT INTO note_area (organisation_id, note_id, area, side, position)
	SELECT organisation_id, note_id, area.area, area.side, area.position
	FROM kept CROSS JOIN LATERAL unnest(areas::text[], area_sides::text[])
		WITH ORDINALITY AS area (area, side, position)
), measured AS (
	INSERT INTO note_measure (organisation_id, note_id, instrument, area, side, moment, value, position)
	SELECT organisation_id, note_id, measure.instrument, measure.area, measure.side, measure.moment,
		measure.value, measure.position
	FROM kept CROSS JOIN LATERAL unnest(instruments::text[], measure_areas::text[], measure_sides::text[],
		moments::text[], measure_values::double precision[])
		WITH ORDINALITY AS measure (instrument, area, side, moment, value, position)
), found_by AS (
	INSERT INTO note_term (organisation_id, term, signed_at, note_id)
	SELECT organisation_id, found.term, signed_at, note_id
	FROM kept CROSS JOIN LATERAL (
		SELECT 'w:' || unnest(words_of(words)) AS term
		UNION
		SELECT unnest(terms::text[])
	) AS found
	ORDER BY organisation_id, found.term
), used AS (
	INSERT INTO signing_key (organisation_id, public_key, holder, first_used_at)
	SELECT organisation_id, public_key, key_holder, min(signed_at) FROM kept
	GROUP BY organisation_id, public_key, key_holder
	ORDER BY organisation_id, public_key
	ON CONFLICT DO NOTHING
), signatures AS (
	INSERT INTO note_signature
		(organisation_id, note_id, number, meaning, signer_id, signed_at, seal, signature, public_key)
	SELECT organisation_id, note_id, 1, 'author', signer_id, signed_at, seal, signature, public_key
	FROM kept
), trail AS (
	INSERT INTO audit (organisation_id, at, actor, actor_id, through, method, clinic_id, traceparent,
		athlete_id, record_id, reason)
	SELECT organisation_id, signed_at, actor, actor_id, through, method, at_clinic_id, traceparent,
		athlete_id, note_id, ''
	FROM kept
), told AS (
	INSERT INTO outbox (organisation_id, clinic_id, subject_id, type, occurred_at, traceparent, payload)
	SELECT organisation_id, clinic_id, note_id, type, signed_at, traceparent, payload FROM kept
), claimed AS (
	INSERT INTO idempotency (organisation_id, key, fingerprint, reply, made_at)
	SELECT organisation_id, key, fingerprint, reply, signed_at FROM kept
)
SELECT asked.caller, signed.note_id IS NOT NULL AS signed
FROM asked LEFT JOIN signed USING (note_id) ORDER BY asked.caller
