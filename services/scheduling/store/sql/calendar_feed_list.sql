-- Calendars of subject $2, the newest first; calendar_feed_subject.
SELECT feed_id, subject_kind, subject_id, made_at, made_by, revoked_at
FROM calendar_feed WHERE organisation_id = $1 AND subject_id = $2
ORDER BY made_at DESC, feed_id DESC LIMIT 100
