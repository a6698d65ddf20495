-- Open offer $2 ends as $3 at $4, else the unit ends: SL001. With it its entry (booked; left when $5 says
-- so; lapsed when its time is over; else it waits again) and its time (booked, or to be offered to the
-- next). waitlist_offer_key, waitlist_entry_key, freed_slot_key; locks the three.
WITH ended AS (
	UPDATE waitlist_offer SET state = $3, ended_at = $4
	WHERE organisation_id = $1 AND offer_id = $2 AND state = 'open'
	RETURNING entry_id, slot_id, slot_version
), entry AS (
	UPDATE waitlist_entry e SET state_at = $4, declined = declined + ($3 = 'declined')::int,
		state = CASE WHEN $3 = 'accepted' THEN 'booked' WHEN $5::boolean THEN 'left'
			WHEN e.until_at <= $4 THEN 'lapsed' ELSE 'waiting' END
	FROM ended WHERE e.organisation_id = $1 AND e.entry_id = ended.entry_id
), slot AS (
	UPDATE freed_slot f SET look_at = $4,
		state = CASE $3 WHEN 'accepted' THEN 'booked' ELSE 'open' END
	FROM ended WHERE f.organisation_id = $1 AND f.slot_id = ended.slot_id
		AND f.version = ended.slot_version
)
SELECT require(EXISTS (SELECT FROM ended), 'SL001', 'the offer has ended meanwhile')
