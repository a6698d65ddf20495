-- Offers $2, by waitlist_offer_key, with what is offered (freed_slot_key, clinic_key).
SELECT o.offer_id, o.entry_id, o.athlete_id, o.appointment_id, f.starts_at, f.ends_at,
	f.practitioner_id, f.clinic_id, f.service_id, o.offered_at, o.expires_at, o.state, o.rank,
	o.why, (SELECT date_part('epoch', (f.starts_at AT TIME ZONE c.zone)
		- (f.starts_at AT TIME ZONE 'UTC'))::int FROM clinic c
		WHERE c.organisation_id = f.organisation_id AND c.clinic_id = f.clinic_id) AS offset_s
FROM unnest($2::uuid[]) AS asked (id)
JOIN LATERAL (SELECT * FROM waitlist_offer o WHERE o.organisation_id = $1 AND o.offer_id = asked.id
	LIMIT 1) AS o ON true
JOIN LATERAL (SELECT * FROM freed_slot f WHERE f.organisation_id = o.organisation_id
	AND f.slot_id = o.slot_id AND f.version = o.slot_version LIMIT 1) AS f ON true
