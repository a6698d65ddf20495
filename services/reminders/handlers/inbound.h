/* What follows from an athlete's words, as statements and events of one command: of a text that
 * came in, and of a signed link, which is the same with the question known.
 *
 *     struct inbound inbound = inbound_of(call, "link", use_id);
 *     inbound.key.message_id = message_id;
 *     inbound.text = "C";
 *     inbound.shows_reply = true;
 *     struct status status = inbound_take(&inbound, call, &reply->base, &reply->understood_as,
 *                                         &reply->reply_text);
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_INBOUND_H
#define SOLEUS_REMINDERS_HANDLERS_INBOUND_H

#include "events/command.h"
#include "reminders/store/inbound.h"

struct inbound {
	struct inbound_key key;
	const char *text; /* "C", "3 8", "STOP", anything */
	int64_t received_at;
	int64_t now;
	bool shows_reply; /* the caller shows reply_text: it is not sent too, but emergency advice
			   */
	struct inbound_known known;
	struct understanding understanding;
	const struct inbound_sender *sender;     /* NULL: nobody's, or unclear */
	const struct inbound_question *question; /* that it answers; NULL */
	const struct inbound_question *visit;    /* that it speaks of; NULL */
	const char *reply_text;                  /* "": none */
};

/* Received now, of no address and to no known message; `source_id` is its own, from which it is
 * known again. */
struct inbound inbound_of(const struct call *call, const char *channel, const char *source_id);

/* FIBER. Judges the words and does all that follows, once for each channel and source_id: again,
 * the answer of then. `reply` is the call's, with its two fields that say what was understood and
 * what the athlete is told. NOT_FOUND when there is no sent message with the key's message_id; what
 * comes too late to answer it is understood_as "unknown" and a task. */
FIBER struct status inbound_take(struct inbound *inbound, struct call *call,
				 ProtobufCMessage *reply, char **ret_understood_as,
				 char **ret_reply_text);

/* Fills understanding and what is beneath it. */
void inbound_understand(struct inbound *inbound, struct arena *arena);

/* Adds everything that is to be done to the command's unit. */
void inbound_apply(const struct inbound *inbound, struct command *command);

#endif
