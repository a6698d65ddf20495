-- What the whole calendar of a source no longer holds of [$5, $6); what was done and has its load
-- ($7 now) stays, for calendars drop the past and the load is the athlete's own; so does what it holds
-- in a form that nobody can read ($8, with the occurrences of each). training_session_key;
-- locks what it removes.
DELETE FROM training_session AS gone
WHERE gone.organisation_id = $1 AND gone.athlete_id = $2 AND gone.source = $3
	AND gone.starts_at >= $5::timestamptz AND gone.starts_at < $6::timestamptz
	AND NOT (gone.rpe IS NOT NULL AND gone.ends_at <= $7::timestamptz)
	AND gone.uid NOT IN (SELECT unnest($4::text[]))
	AND NOT EXISTS (SELECT FROM unnest($8::text[]) AS unread (uid)
		WHERE gone.uid = unread.uid OR starts_with(gone.uid, unread.uid || '/'))
