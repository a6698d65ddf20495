#include "reminders/rules/whether.h"

#include <stddef.h>

static struct whether suppress(const char *why)
{
	return (struct whether){.kind = WHETHER_SUPPRESS, .why = why};
}

static struct whether suppress_over(const char *why)
{
	return (struct whether){.kind = WHETHER_SUPPRESS, .why = why, .over = true};
}

static bool is_of_coming_visit(enum message_purpose purpose)
{
	return programme_steps[purpose].of_visit;
}

const char *whether_consent(enum message_purpose purpose)
{
	return programme_steps[purpose].consent;
}

const char *whether_task(enum message_purpose purpose, bool over)
{
	if (purpose == MESSAGE_RED_FLAG_24H || purpose == MESSAGE_RED_FLAG_72H)
		return WHETHER_TASK_RED_FLAG;
	return purpose == MESSAGE_WAITLIST_OFFER && !over ? WHETHER_TASK_OFFER : NULL;
}

struct whether whether_to_send(const struct whether_facts *facts)
{
	if (facts->now >= facts->stale_at)
		return suppress_over("its time has passed");
	if (facts->is_reply)
		return (struct whether){.kind = WHETHER_SEND, .why = ""};
	if (is_of_coming_visit(facts->purpose) && facts->visit == WHETHER_VISIT_CANCELLED)
		return suppress_over("the visit was cancelled");
	if (is_of_coming_visit(facts->purpose) && facts->visit == WHETHER_VISIT_BEGUN)
		return suppress_over("the athlete has come");
	if (is_of_coming_visit(facts->purpose) && facts->visit == WHETHER_VISIT_MOVED)
		return suppress_over("the visit was moved");
	if (is_of_coming_visit(facts->purpose) && facts->visit == WHETHER_VISIT_MISSED)
		return suppress_over("the athlete did not come");
	if (facts->purpose == MESSAGE_WAITLIST_OFFER && facts->visit != WHETHER_VISIT_OFFERED)
		return suppress_over("the offer has ended");
	if (!facts->has_consent || !facts->has_address) {
		int64_t until = facts->planned_at + WHETHER_CONSENT_GRACE_US;
		const char *why = facts->has_consent ? "no contact point for the consented channel"
						     : "no consent for this kind of message";
		if (facts->now >= until)
			return suppress(why);
		return (struct whether){.kind = WHETHER_WAIT, .why = why, .until = until};
	}
	if (facts->opted_out)
		return suppress(WHETHER_OPTED_OUT);
	const struct send_window *window = facts->window ? facts->window : &send_window_ours;
	int64_t opens = send_window_next(window, &facts->zone, facts->now);
	if (opens >= facts->stale_at)
		return suppress(SEND_WINDOW_TOO_LATE);
	if (opens > facts->now)
		return (struct whether){
			.kind = WHETHER_WAIT, .why = "waits for the send window", .until = opens};
	return (struct whether){.kind = WHETHER_SEND, .why = ""};
}
