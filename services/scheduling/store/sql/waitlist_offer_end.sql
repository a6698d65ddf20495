-- Open offer $2 ends as $3 at $4, else the unit ends: SL001. With it its entry (booked; left when $5 says
-- so; lapsed when its time is over; else it waits again) and its time (booked, or to be offered to the
-- next). Its athlete can be asked for another time now: the first few that wait for somebody's answer
-- and would do for an entry of the athlete are looked at again at once, save those that are being
-- looked at. waitlist_offer_key, waitlist_entry_key, freed_slot_key; waitlist_entry_of_athlete,
-- freed_slot_due; locks the three and what is looked at again.
WITH ended AS (
	UPDATE waitlist_offer SET state = $3, ended_at = $4
	WHERE organisation_id = $1 AND offer_id = $2 AND state = 'open'
	RETURNING entry_id, athlete_id, slot_id, slot_version
), entry AS (
	UPDATE waitlist_entry e SET state_at = $4,
		state = CASE WHEN $3 = 'accepted' THEN 'booked' WHEN $5::boolean THEN 'left'
			WHEN e.until_at <= $4 THEN 'lapsed' ELSE 'waiting' END
	FROM ended WHERE e.organisation_id = $1 AND e.entry_id = ended.entry_id
), slot AS (
	UPDATE freed_slot f SET look_at = $4,
		state = CASE $3 WHEN 'accepted' THEN 'booked' ELSE 'open' END
	FROM ended WHERE f.organisation_id = $1 AND f.slot_id = ended.slot_id
		AND f.version = ended.slot_version
), asked AS MATERIALIZED (
	SELECT ended.*, person.person_id FROM ended CROSS JOIN LATERAL person_of($1, ended.athlete_id) AS person
), asleep AS MATERIALIZED (
	SELECT f.slot_id, f.version FROM freed_slot f
	WHERE f.organisation_id = $1 AND f.state = 'open' AND f.look_at > $4
		AND (SELECT true FROM asked JOIN waitlist_entry e ON e.organisation_id = $1
				AND e.person_id = asked.person_id AND e.state IN ('waiting', 'offered')
			WHERE e.service_id = f.service_id
				AND NOT (e.entry_id = asked.entry_id AND ($5::boolean OR $3 = 'accepted'))
				AND e.from_at <= f.starts_at AND e.until_at > f.starts_at
				AND (e.clinic_ids = '{}' OR f.clinic_id = ANY (e.clinic_ids))
				AND (e.practitioner_ids = '{}' OR f.practitioner_id = ANY (e.practitioner_ids))
			LIMIT 1)
	ORDER BY f.look_at LIMIT 4 FOR UPDATE SKIP LOCKED
), woken AS (
	UPDATE freed_slot f SET look_at = $4 FROM asleep
	WHERE f.organisation_id = $1 AND f.slot_id = asleep.slot_id AND f.version = asleep.version
)
SELECT require(EXISTS (SELECT FROM ended), 'SL001', 'the offer has ended meanwhile')
