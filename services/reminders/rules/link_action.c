#include "reminders/rules/link_action.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[LINK_ASKS_NOTHING] = "nothing",     [LINK_ASKS_VISIT] = "visit",
	[LINK_ASKS_OFFER] = "offer",         [LINK_ASKS_CHECK_IN] = "check_in",
	[LINK_ASKS_MEASURE] = "measure",     [LINK_ASKS_RED_FLAG] = "red_flag",
	[LINK_ASKS_PLAN_STEP] = "plan_step",
};

static const enum link_asks of_purpose[MESSAGE_PURPOSES] = {
	[MESSAGE_BOOKING_CONFIRMATION] = LINK_ASKS_VISIT,
	[MESSAGE_REMINDER_48H] = LINK_ASKS_VISIT,
	[MESSAGE_REMINDER_3H] = LINK_ASKS_VISIT,
	[MESSAGE_VISIT_MOVED] = LINK_ASKS_VISIT,
	[MESSAGE_TIMING_CLASH] = LINK_ASKS_VISIT,
	[MESSAGE_WAITLIST_OFFER] = LINK_ASKS_OFFER,
	[MESSAGE_CHECK_IN] = LINK_ASKS_CHECK_IN,
	[MESSAGE_MEASURES_48H] = LINK_ASKS_MEASURE,
	[MESSAGE_MEASURES_10D] = LINK_ASKS_MEASURE,
	[MESSAGE_MEASURES_4W] = LINK_ASKS_MEASURE,
	[MESSAGE_RED_FLAG_24H] = LINK_ASKS_RED_FLAG,
	[MESSAGE_RED_FLAG_72H] = LINK_ASKS_RED_FLAG,
	[MESSAGE_PLAN_STEP] = LINK_ASKS_PLAN_STEP,
};

/* A red-flag message asks for NO when all is well. */
const struct link_action link_actions[] = {
	{"confirm", LINK_ASKS_VISIT, "C"},
	{"move", LINK_ASKS_VISIT, "M"},
	{"cancel", LINK_ASKS_VISIT, "X"},
	{"yes", LINK_ASKS_OFFER, "YES"},
	{"no", LINK_ASKS_OFFER, "NO"},
	{"answer", LINK_ASKS_CHECK_IN, NULL},
	{"answer", LINK_ASKS_MEASURE, NULL},
	{"well", LINK_ASKS_RED_FLAG, "NO"},
	{"unwell", LINK_ASKS_RED_FLAG, "YES"},
	{"done", LINK_ASKS_PLAN_STEP, "DONE"},
	{"not_done", LINK_ASKS_PLAN_STEP, "NOT DONE"},
	{"stop", LINK_ASKS_NOTHING, "STOP"},
	{NULL},
};

enum link_asks link_asks(enum message_purpose purpose)
{
	return of_purpose[purpose];
}

const char *link_asks_name(enum link_asks asks)
{
	return names[asks];
}

const struct link_action *link_action_find(enum link_asks asks, const char *name)
{
	for (const struct link_action *action = link_actions; action->name; action++)
		if ((action->asks == asks || action->asks == LINK_ASKS_NOTHING) &&
		    strcmp(action->name, name) == 0)
			return action;
	return NULL;
}

bool link_action_counts(const struct link_action *action, enum link_asks asks, bool open,
			bool answered)
{
	if (action->asks == LINK_ASKS_NOTHING)
		return true;
	return action->asks == asks && open && (!answered || asks == LINK_ASKS_VISIT);
}

/* "0" to "10", without more; behind it, or NULL. */
static const char *number_end(const char *text)
{
	if (strncmp(text, "10", 2) == 0)
		return text + 2;
	return *text >= '0' && *text <= '9' ? text + 1 : NULL;
}

bool link_action_text(const struct link_action *action, const char *value,
		      char ret_text[LINK_TEXT_BYTES])
{
	if (action->text) {
		snprintf(ret_text, LINK_TEXT_BYTES, "%s", action->text);
		return !*value;
	}
	const char *end = number_end(value);
	if (end && action->asks == LINK_ASKS_CHECK_IN)
		end = *end == ' ' ? number_end(end + 1) : NULL;
	if (!end || *end)
		return false;
	snprintf(ret_text, LINK_TEXT_BYTES, "%s", value);
	return true;
}
