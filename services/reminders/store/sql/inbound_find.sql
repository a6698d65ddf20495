-- What was answered to text $3 that came over channel $2 of organisation $1.
-- Index: inbound_text_once. Locks: none.
SELECT understood_as, reply_text FROM inbound_text
WHERE organisation_id = $1 AND channel = $2 AND provider_message_id = $3
