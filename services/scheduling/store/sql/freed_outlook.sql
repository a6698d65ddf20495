-- tenants: every
-- When an organisation next has a time to offer (freed_slot_due, of open ones), and the first entry that
-- lapses (waitlist_entry_ends).
SELECT organisation_id, min(look_at) AS at FROM freed_slot WHERE state = 'open' GROUP BY organisation_id
UNION ALL
(SELECT organisation_id, until_at AS at FROM waitlist_entry WHERE state = 'waiting'
	ORDER BY until_at LIMIT 1)
