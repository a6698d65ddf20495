-- An erasure takes address and words of messages and texts. What was decided about a message stays as it
-- was, with 'erased' in their place.
DROP TRIGGER message_state ON message;
CREATE TRIGGER message_state BEFORE UPDATE ON message FOR EACH ROW
WHEN (OLD.state <> 'planned'
	AND NOT (OLD.state = 'suppressed' AND OLD.why = 'the number has opted out' AND NEW.state <> 'sent')
	AND ((OLD.state, OLD.why, OLD.due_at, OLD.stale_at, OLD.channel, OLD.decided_at)
			IS DISTINCT FROM
			(NEW.state, NEW.why, NEW.due_at, NEW.stale_at, NEW.channel, NEW.decided_at)
		OR NEW.address NOT IN (OLD.address, 'erased') OR NEW.text NOT IN (OLD.text, 'erased')))
EXECUTE FUNCTION message_refuse_move();

GRANT UPDATE (address, text, reply_text) ON inbound_text TO {{service}};
GRANT UPDATE (text) ON task TO {{service}};
GRANT DELETE ON opt_out TO {{service}};
CREATE INDEX task_athlete ON task (organisation_id, athlete_id) WHERE athlete_id IS NOT NULL;
