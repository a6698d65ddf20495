/* What follows from an understood text, as statements and events of one command. */
#ifndef SOLEUS_REMINDERS_HANDLERS_INBOUND_H
#define SOLEUS_REMINDERS_HANDLERS_INBOUND_H

#include "events/command.h"
#include "reminders/store/inbound.h"

struct inbound {
	struct inbound_key key;
	const char *text;
	int64_t received_at;
	int64_t now;
	struct inbound_known known;
	struct understanding understanding;
	const struct inbound_sender *sender;     /* NULL: nobody's, or unclear */
	const struct inbound_question *question; /* that it answers; NULL */
	const char *reply_text;                  /* "": none */
};

/* Fills understanding and what is beneath it. */
void inbound_understand(struct inbound *inbound, struct arena *arena);

/* Adds everything that is to be done to the command's unit. */
void inbound_apply(const struct inbound *inbound, struct command *command);

#endif
