-- Offers to athlete $2, the latest first, at most 200; by waitlist_offer_of_athlete. Columns as
-- waitlist_offers_find.
SELECT o.offer_id, o.entry_id, o.athlete_id, o.appointment_id, f.starts_at, f.ends_at,
	f.practitioner_id, f.clinic_id, f.service_id, o.offered_at, o.expires_at, o.state, o.rank,
	o.why, (SELECT date_part('epoch', (f.starts_at AT TIME ZONE c.zone)
		- (f.starts_at AT TIME ZONE 'UTC'))::int FROM clinic c
		WHERE c.organisation_id = f.organisation_id AND c.clinic_id = f.clinic_id) AS offset_s
FROM waitlist_offer o
JOIN LATERAL (SELECT * FROM freed_slot f WHERE f.organisation_id = o.organisation_id
	AND f.slot_id = o.slot_id AND f.version = o.slot_version LIMIT 1) AS f ON true
WHERE o.organisation_id = $1 AND o.athlete_id = $2
ORDER BY o.offered_at DESC, o.offer_id DESC LIMIT 200
