#include "reminders/rules/programme_check.h"

#include "reminders/rules/link_action.h"
#include "reminders/rules/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Before or around a visit's beginning, after its end, of the plan's days, of the plan's end. */
static bool is_of_kind(unsigned on, const struct programme_moment *ours,
		       const struct programme_moment *moment)
{
	if (ours->anchor == PROGRAMME_PLAN || ours->anchor == PROGRAMME_PLANEND)
		return moment->anchor == ours->anchor;
	if (moment->anchor == PROGRAMME_DAY)
		return true;
	return moment->anchor == (on & PROGRAMME_ON_SIGNED ? PROGRAMME_AFTER : PROGRAMME_BEFORE);
}

/* Only what is reckoned alike can be compared; the rest is found when a visit is planned. */
static bool is_ahead(const struct programme_moment *due, const struct programme_moment *stale)
{
	if (due->anchor != stale->anchor)
		return true;
	if (due->anchor == PROGRAMME_BEFORE)
		return due->minutes > stale->minutes;
	return due->day < stale->day || (due->day == stale->day && due->minutes < stale->minutes);
}

const char *programme_check_moments(enum message_purpose purpose, const struct programme_step *step)
{
	const struct programme_step *ours = &programme_steps[purpose];
	if (programme_moment_is(&step->due, &ours->due) &&
	    programme_moment_is(&step->stale, &ours->stale))
		return NULL;
	if (ours->priority == MESSAGE_PRIORITY_SAFETY || ours->fixed)
		return "nothing: when safety checks are sent is not the organisation's";
	if (ours->due.anchor == PROGRAMME_UNSET || ours->due.anchor == PROGRAMME_NOW)
		return "nothing: it is sent at once";
	if (!is_of_kind(ours->on, &ours->due, &step->due) ||
	    !is_of_kind(ours->on, &ours->due, &step->stale))
		return "a moment of the same kind as ours";
	if (!is_ahead(&step->due, &step->stale))
		return "due ahead of stale";
	return NULL;
}

unsigned programme_fields(enum message_purpose purpose)
{
	const struct programme_step *step = &programme_steps[purpose];
	unsigned fields = step->needs | TEMPLATE_CLINIC;
	/* A visit is known to all but answers, recalls and walk-ins, whose note has none. */
	if (step->on & (PROGRAMME_ON_BOOKED | PROGRAMME_ON_MOVED | PROGRAMME_ON_TOLD))
		fields |= TEMPLATE_WHEN;
	if (link_asks(purpose) != LINK_ASKS_NOTHING)
		fields |= TEMPLATE_LINK;
	return fields;
}

/* Names of who is called in an emergency, as texts have them. */
static bool says_whom_to_call(const char *text)
{
	static const char *const calls[] = {"112",       "911",      "999",        "000",
					    "144",       "emergenc", "notruf",     "notaufnahme",
					    "urgence",   "secours",  "emergencia", "urgencia",
					    "emergenza", "soccorso"};
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strcasestr(text, calls[i]))
			return true;
	return false;
}

static void fault(struct template_faults *faults, const char *expected)
{
	if (faults->count == TEMPLATE_FAULTS_MAX)
		return;
	struct template_fault *next = &faults->faults[faults->count++];
	next->column = 0;
	snprintf(next->expected, sizeof(next->expected), "%s", expected);
}

bool programme_check_words(enum message_purpose purpose, bool clinical, const char *text,
			   const char *link, struct template_faults *ret_faults)
{
	const struct programme_step *step = &programme_steps[purpose];
	template_check(text, step->needs, programme_fields(purpose), ret_faults);
	if (step->optout && !strstr(text, "STOP"))
		fault(ret_faults, "STOP: how to end texts");
	/* Staff who are told of an alert are whom the athlete would call. */
	if (step->rule[0] == 'A' && step->priority == MESSAGE_PRIORITY_SAFETY &&
	    purpose != MESSAGE_ALERT_RAISED && !says_whom_to_call(text))
		fault(ret_faults, "whom to call in an emergency");
	const char *word =
		step->priority == MESSAGE_PRIORITY_SAFETY ? NULL : template_clinical_word(text);
	if (word && !clinical) {
		char expected[96];
		snprintf(expected, sizeof(expected),
			 "nothing of what the visit is for (\"%s\"), or clinical_words", word);
		fault(ret_faults, expected);
	}
	if (ret_faults->count == 0 && programme_cost(text, link).segments > PROGRAMME_SEGMENTS_MOST)
		fault(ret_faults, "at most 4 segments of SMS");
	return ret_faults->count == 0;
}

struct segments programme_cost(const char *text, const char *link)
{
	const struct message_fields usual = {
		.clinic = "Twenty-four letters long",
		.when = "Wed 23 Sep 14:30",
		.step = 12,
		.steps = 16,
		.until = "14:30",
		.link = link,
	};
	char filled[MESSAGE_TEXT_BYTES + 256];
	template_fill(text, &usual, false, filled, sizeof(filled));
	return segments_count(filled);
}
