-- Entry $2 waits no more, from $3 on; else the unit ends: SL001. waitlist_entry_key; locks the entry.
WITH gone AS (
	UPDATE waitlist_entry SET state = 'left', state_at = $3
	WHERE organisation_id = $1 AND entry_id = $2 AND state = 'waiting' RETURNING entry_id
)
SELECT require(count(*) = 1, 'SL001', 'the entry has changed meanwhile') FROM gone
