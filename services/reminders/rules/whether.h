/* Whether a message that is due may go out now: its time, its visit, consent, opt-out, send window.
 *
 * Consent that is not there suppresses, but only a minute after planning: the word about consent
 * comes from another service than the booking, and may be on its way.
 *
 *     struct whether whether = whether_to_send(&facts);
 */
#ifndef SOLEUS_REMINDERS_RULES_WHETHER_H
#define SOLEUS_REMINDERS_RULES_WHETHER_H

#include "reminders/rules/follow_up.h"

enum whether_visit {
	WHETHER_VISIT_UNKNOWN, /* of no visit, or of one that nobody told us of */
	WHETHER_VISIT_BOOKED,
	WHETHER_VISIT_BEGUN, /* the athlete has come */
	WHETHER_VISIT_CANCELLED,
	WHETHER_VISIT_MOVED,   /* since the message was planned */
	WHETHER_VISIT_MISSED,  /* the athlete did not come */
	WHETHER_VISIT_OFFERED, /* held until the athlete has answered */
};

struct whether_facts {
	int64_t now;
	int64_t planned_at;
	int64_t stale_at;
	enum message_purpose purpose;
	enum whether_visit visit;
	bool is_reply; /* answers a text of that number: no consent asked, at any hour */
	bool has_consent;
	bool has_address; /* that the consent is for */
	bool opted_out;
	struct local_zone zone;
	const struct send_window *window; /* NULL: ours */
};

enum whether_kind { WHETHER_SEND, WHETHER_SUPPRESS, WHETHER_WAIT };

struct whether {
	enum whether_kind kind;
	const char *why; /* static; of a message that is sent: "" */
	int64_t until;   /* WHETHER_WAIT: ask again then */
	bool over;       /* WHETHER_SUPPRESS: what it was about is over */
};

#define WHETHER_CONSENT_GRACE_US INT64_C(60000000)

/* Why of a message that an opt-out suppresses: the one reason that can end (START), so it is known
 * again by this text. The trigger message_state has it too. */
#define WHETHER_OPTED_OUT "the number has opted out"

/* The kind of the task that staff get when a message of this purpose is not sent; NULL: none. A
 * red-flag check that nobody is asked (A2) must be asked by somebody; of a time that is held for an
 * athlete whom no text reaches somebody must tell, while it is. */
const char *whether_task(enum message_purpose purpose, bool over);
#define WHETHER_TASK_RED_FLAG "red_flag_not_asked"
#define WHETHER_TASK_OFFER    "offer_not_sent"

struct whether whether_to_send(const struct whether_facts *facts);

/* Which consent a message needs: "reminders", "check_ins"; "reply" for answers to a text. Static.
 */
const char *whether_consent(enum message_purpose purpose);

#endif
