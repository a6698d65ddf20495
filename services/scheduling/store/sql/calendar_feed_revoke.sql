-- Calendar $2 ends at $3, else the unit ends: SL001. $4: the one athlete whose calendars the caller may
-- end, NULL for all. calendar_feed_key; locks the calendar.
WITH revoked AS (
	UPDATE calendar_feed SET revoked_at = $3
	WHERE organisation_id = $1 AND feed_id = $2 AND revoked_at IS NULL
		AND ($4::uuid IS NULL OR subject_kind = 'athlete' AND subject_id = $4)
	RETURNING feed_id
)
SELECT require(count(*) = 1, 'SL001', 'no such calendar') FROM revoked
