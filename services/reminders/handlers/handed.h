/* A message on its way through hand_over. For the files of handing over. */
#ifndef SOLEUS_REMINDERS_HANDLERS_HANDED_H
#define SOLEUS_REMINDERS_HANDLERS_HANDED_H

#include "reminders/handlers/hand_over.h"

enum handed_phase {
	HANDED_READY,   /* to be handed to `provider` */
	HANDED_FAILED,  /* not taken: `fault`, `why` */
	HANDED_SETTLED, /* sent, or its decision is changed */
};

#define HANDED_ENDS 4

struct handed {
	struct queue_decision *decision;
	struct queue_message message; /* with the channel and address of now */
	struct provider *provider;
	enum handed_phase phase;
	const struct visit_row *visit; /* NULL: of none */

	const struct passed_row *lost; /* an earlier time whose answer is not known */
	unsigned tries;                /* on this channel */
	int64_t failing_since;         /* this channel; 0: it does not */
	bool never;                    /* the channel refused it for good before */

	enum provider_fault fault;
	int64_t not_before;
	const char *why;
	const struct next_row *next; /* other channels, `next_count` of them */
	size_t next_count;
	bool knows_next;

	int32_t attempt;
	const char *provider_ref;
	struct passing_end ends[HANDED_ENDS]; /* of its attempts in this batch */
	size_t end_count;

	bool is_sent;
	bool was_taken; /* by an earlier time: not handed over again */
	bool maybe_twice;
	bool gave_up;
	const char *opted_out_address; /* NULL: it has not */
};

struct outgoing handed_outgoing(const struct hand_over *batch, const struct handed *one);

/* Notes what becomes of the attempt of now, and of what is said in its text. */
void handed_ends(struct hand_over *batch, struct handed *one, enum handover_state state,
		 const char *error_code);

/* Gives its decision the message as it went, and why. */
void handed_decide(struct hand_over *batch, struct handed *one);

/* What is said in another's text goes, or waits, or ends as that did. */
void handed_follow(const struct hand_over *batch, struct queue_decision *decision);

#endif
