-- What athlete $2 of organisation $1 answered to the offer of appointment $3, which was made at $4; no row
-- when nothing was.
-- Index: planned_message_athlete. Locks: none.
SELECT answer FROM message
WHERE organisation_id = $1 AND athlete_id = $2 AND due_at >= $4 AND appointment_id = $3
	AND purpose = 'waitlist_offer' AND answered_at IS NOT NULL
