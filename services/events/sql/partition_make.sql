-- tenants: every
-- lane: bulk
-- Makes one monthly partition that is missing, of the months behind the one of $1, up to 400 days:
-- its name, or NULL when none is. Locks: its table for a moment; gives up after a second.
SELECT make_partition(date_trunc('month', $1::timestamptz) + interval '1 month',
	$1::timestamptz + interval '400 days') AS made
