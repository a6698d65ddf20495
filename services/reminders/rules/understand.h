/* What is to be done about a text: its words (keyword.h) held against who may have sent it and what
 * they were asked.
 *
 * Several athletes can share a number: the newest open question that the words answer decides whose
 * answer it is. What answers no question goes to staff, never nowhere. A red flag is acted on
 * whether or not anything was asked, and whoever sent it.
 *
 * C, M and X are about the visit of the newest message that offers them, whatever was answered to
 * it before. Where messages about two visits came close together X may mean either: then staff ask.
 */
#ifndef SOLEUS_REMINDERS_RULES_UNDERSTAND_H
#define SOLEUS_REMINDERS_RULES_UNDERSTAND_H

#include "reminders/rules/follow_up.h"
#include "reminders/rules/keyword.h"

struct understand_sender {
	const char *athlete_id;
	bool has_coming_visit;
};

struct understand_question {
	const char *athlete_id;
	enum message_purpose purpose;
	bool has_ended;  /* an offer that an answer does not take any more */
	bool has_answer; /* of a coming visit: what is said of the visit counts all the same */
	const char *appointment_id; /* "" or NULL: of none */
	int64_t sent_at;
};

/* What a text says of a visit. */
enum understand_wish {
	UNDERSTAND_NO_WISH,
	UNDERSTAND_COMES,   /* scheduling keeps it with the visit */
	UNDERSTAND_CANCELS, /* scheduling cancels the visit, or refuses: then staff have a task */
};

struct understand_facts {
	const struct understand_sender *senders; /* last treated first */
	size_t sender_count;
	const struct understand_question *questions; /* newest first */
	size_t question_count;
	bool opted_out;
	bool has_alert; /* staff of this number were told of one that is open */
};

#define UNDERSTAND_NONE ((size_t)-1)

struct understanding {
	const char *understood_as; /* as in ReceiveTextReply */
	size_t sender;             /* UNDERSTAND_NONE: nobody's number, or whose is unclear */
	size_t question;           /* that is answered; UNDERSTAND_NONE */
	size_t visit; /* question of the visit that is spoken of, answered or not; UNDERSTAND_NONE
		       */
	enum understand_wish wish; /* with `visit` */
	const char *answer;        /* what is kept with the question; "": the text itself */
	bool answers_offer; /* of the waitlist, in time: it takes the time, or passes it on */
	bool takes_offer;
	bool opts_out;
	bool opts_in;
	bool alert;
	bool acknowledges; /* the alerts that this number was told of */
	const char *task;  /* kind; NULL: none */
	bool replies;
	enum message_purpose reply;
	struct keyword_number soreness;
	struct keyword_number readiness;
	struct keyword_number pain;
};

struct understanding understand(const char *text, const struct understand_facts *facts);

#endif
