-- Offer $2 of time $3 in version $4 (held by lease $5) to entry $6 of athlete $7, with hold $8, at $9
-- until $10, rank $11, why $12. The unit ends when the time is not ours to give any more (SL001), or when
-- the entry does not wait any more or its athlete has an offer of another time (SL008). freed_slot_key,
-- waitlist_entry_key, waitlist_offer_of_athlete_open; locks the first two; waits for another who is about
-- to offer the same time, or a time to the same athlete.
WITH slot AS (
	UPDATE freed_slot SET state = 'offered', lease_id = NULL, lease_until = NULL
	WHERE organisation_id = $1 AND slot_id = $3 AND version = $4 AND state = 'open' AND lease_id = $5
	RETURNING slot_id
), entry AS (
	UPDATE waitlist_entry SET state = 'offered', state_at = $9, offers = offers + 1
	WHERE organisation_id = $1 AND entry_id = $6 AND state = 'waiting'
	RETURNING entry_id
), offer AS (
	INSERT INTO waitlist_offer (organisation_id, offer_id, entry_id, slot_id, slot_version,
		appointment_id, athlete_id, offered_at, expires_at, rank, why)
	SELECT $1, $2, $6, $3, $4, $8, $7, $9, $10, $11, $12 FROM slot, entry
	ON CONFLICT (organisation_id, athlete_id) WHERE ended_at IS NULL DO NOTHING
	RETURNING offer_id
)
SELECT require((SELECT true FROM slot), 'SL001', 'the time is offered by another'),
	require((SELECT true FROM offer), 'SL008', 'the athlete waits no more, or has another offer')
