-- Calendars that others subscribe to: a practitioner's, a room's, an athlete's. Whoever has the token
-- reads it, so only its hash is kept, and it can be revoked.
CREATE TABLE calendar_feed (
	organisation_id uuid        NOT NULL,
	feed_id         uuid        NOT NULL,
	subject_kind    text        NOT NULL CHECK (subject_kind IN ('practitioner', 'room', 'athlete')),
	subject_id      uuid        NOT NULL,
	token_hash      bytea       NOT NULL CHECK (length(token_hash) = 32),
	made_at         timestamptz NOT NULL,
	made_by         text        NOT NULL,
	revoked_at      timestamptz,
	CONSTRAINT calendar_feed_key PRIMARY KEY (organisation_id, feed_id)
);
CREATE UNIQUE INDEX calendar_feed_token ON calendar_feed (organisation_id, token_hash);
CREATE INDEX calendar_feed_subject ON calendar_feed (organisation_id, subject_id);

ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON calendar_feed
	USING (organisation_id = ANY ((SELECT tenants())::uuid[]))
	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));
GRANT SELECT, INSERT ON calendar_feed TO {{service}};
GRANT UPDATE (revoked_at) ON calendar_feed TO {{service}};

-- What a room's busy times do not show, for its calendar.
CREATE INDEX appointment_room_ended ON appointment (organisation_id, room_id, starts_at)
	WHERE state IN ('cancelled', 'no_show', 'expired');
