-- Keeps a text: organisation $1, channel $2, provider's id $3, our id $4, address $5, athlete $6,
-- text $7, received at $8, understood as $9, reply $10. Known already: violates inbound_text_once.
-- Index: inbound_text_once. Locks: waits for an unfinished one of the same id.
INSERT INTO inbound_text (organisation_id, channel, provider_message_id, inbound_id, address, athlete_id,
	text, received_at, understood_as, reply_text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
