-- What is waited for until $2 at the latest will not come any more. waitlist_entry_ends; locks the
-- entries, in the order of their ids.
UPDATE waitlist_entry SET state = 'lapsed', state_at = $2
WHERE organisation_id = $1 AND state = 'waiting' AND entry_id IN (
	SELECT entry_id FROM waitlist_entry
	WHERE organisation_id = $1 AND state = 'waiting' AND until_at <= $2
	ORDER BY until_at, entry_id LIMIT 1000 FOR UPDATE SKIP LOCKED)
