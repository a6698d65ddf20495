/* What an inbound text means: section "Messages" of domain.md.
 *
 * A keyword counts only when it is the whole text (case, punctuation and politeness aside): "I had
 * to stop running" is free text. Red-flag words are found anywhere in a text and win over all else;
 * "no chest pain" is a denial, "No, chest pain" is not. What is not understood is free text and
 * goes to staff. Any bytes may come in.
 *
 *     struct keyword_result answer = keyword_parse("sore 3 ready 8", &context);
 */
#ifndef SOLEUS_REMINDERS_RULES_KEYWORD_H
#define SOLEUS_REMINDERS_RULES_KEYWORD_H

#include <stdbool.h>
#include <stdint.h>

enum keyword_kind {
	KEYWORD_EMPTY,     /* nothing but space and punctuation */
	KEYWORD_FREE_TEXT, /* to staff */
	KEYWORD_STOP,      /* opt out, one confirming text */
	KEYWORD_START,     /* opt in again */
	KEYWORD_HELP,
	KEYWORD_YES, /* answers the open question */
	KEYWORD_NO,
	KEYWORD_CONFIRM,      /* C */
	KEYWORD_MOVE,         /* M */
	KEYWORD_CANCEL_VISIT, /* X; never the bare word CANCEL */
	KEYWORD_DONE,         /* P3: the plan's step was done */
	KEYWORD_NOT_DONE,     /* P3 */
	KEYWORD_NUMBERS,      /* soreness, readiness or both */
	KEYWORD_ACKNOWLEDGE,  /* OK, of an alert, by staff */
	KEYWORD_RED_FLAG,     /* A2: breathless, chest pain: emergency advice and an alert now */
};

/* What is known of the number that the text came from. */
struct keyword_context {
	bool opted_out;
	bool has_coming_visit;
};

struct keyword_number {
	bool has;
	int32_t value; /* 0–10 */
};

struct keyword_result {
	enum keyword_kind kind;
	bool opts_out; /* with KEYWORD_STOP always; with KEYWORD_RED_FLAG when the text began so */
	bool visit_task;      /* CANCEL with a visit coming: staff ask; the visit is not touched */
	bool denies_red_flag; /* free text such as "no chest pain" */
	struct keyword_number soreness; /* a lone number without a label is here */
	struct keyword_number readiness;
};

/* `text` is UTF-8 or any other bytes, ended by NUL; NULL is empty. */
struct keyword_result keyword_parse(const char *text, const struct keyword_context *context);

const char *keyword_kind_name(enum keyword_kind kind); /* "red_flag" */

#endif
