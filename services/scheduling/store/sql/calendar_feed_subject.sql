-- Whether the organisation has the practitioner $2, room $3 or athlete $4 (two are NULL), and how many
-- calendars of it are open. practitioner_key, room_key, athlete_key, calendar_feed_subject.
SELECT EXISTS (SELECT FROM practitioner WHERE organisation_id = $1 AND practitioner_id = $2)
	OR EXISTS (SELECT FROM room WHERE organisation_id = $1 AND room_id = $3)
	OR EXISTS (SELECT FROM athlete WHERE organisation_id = $1 AND athlete_id = $4) AS known,
	(SELECT count(*) FROM calendar_feed WHERE organisation_id = $1
		AND subject_id = coalesce($2::uuid, $3::uuid, $4::uuid) AND revoked_at IS NULL) AS feeds
