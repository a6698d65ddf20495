-- Athlete $2 is erased at $3: nothing is booked any more, nobody waits, feeds end and lose their addresses,
-- also in the events of their failures; the training calendar goes, and words about timing.
-- By athlete_key, training_feed_of_athlete, outbox_feed_failed, calendar_feed_subject, training_session_key,
-- athlete_timing_key and waitlist_entry_of_athlete. Locks: the rows.
WITH feeds AS (
	UPDATE training_feed SET url = '', etag = '', last_modified = '', fault = '',
		ended_at = coalesce(ended_at, $3)
	WHERE organisation_id = $1 AND athlete_id = $2
	RETURNING feed_id
), failures AS (
	UPDATE outbox SET payload = ''
	FROM feeds
	WHERE outbox.organisation_id = $1 AND outbox.subject_id = feeds.feed_id
		AND outbox.type = 'soleus.v1.TrainingFeedFailed'
), calendars AS (
	UPDATE calendar_feed SET revoked_at = $3
	WHERE organisation_id = $1 AND subject_id = $2 AND subject_kind = 'athlete' AND revoked_at IS NULL
), sessions AS (
	DELETE FROM training_session WHERE organisation_id = $1 AND athlete_id = $2
), timing AS (
	UPDATE athlete_timing SET reason = '' WHERE organisation_id = $1 AND athlete_id = $2
), waiting AS (
	UPDATE waitlist_entry SET state = 'left', state_at = $3
	WHERE organisation_id = $1 AND person_id = (SELECT person_id FROM person_of($1, $2)) AND athlete_id = $2
		AND state = 'waiting'
)
DELETE FROM athlete WHERE organisation_id = $1 AND athlete_id = $2
