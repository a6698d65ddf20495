#include "reminders/rules/arrange.h"

#include "base/text.h"

#include <stdio.h>

#define MINUTE_US INT64_C(60000000)
#define DAYS_HELD 7 /* the cap holds nothing back for longer */

const char *const arrange_unsent[MESSAGE_UNSENT] = {
	[MESSAGE_OVER_CAP] = "the day has as many messages as an athlete should get",
	[MESSAGE_TOO_LATE] = SEND_WINDOW_TOO_LATE,
};

static bool is_counted(const struct planned_message *message)
{
	return message->priority != MESSAGE_PRIORITY_SAFETY;
}

static bool is_news(const struct programme *programme, const struct planned_message *message)
{
	enum programme_anchor anchor = programme->steps[message->purpose].due.anchor;
	return anchor == PROGRAMME_NOW || anchor == PROGRAMME_UNSET;
}

static void hold_for_window(const struct programme *programme, const struct local_zone *zone,
			    struct planned_message *message)
{
	message->wanted_at = message->due_at;
	message->due_at = send_window_next(&programme->window, zone, message->due_at);
	if (message->due_at != message->wanted_at)
		message->moved |= MESSAGE_MOVED_BY_WINDOW;
}

/* The first one before `at` that it may join; NULL: none. */
static const struct planned_message *joins(const struct programme *programme,
					   const struct planned_message *messages, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (messages[i].bundle == messages[at].bundle &&
		    messages[at].due_at - messages[i].due_at <=
			    programme->bundle_minutes * MINUTE_US)
			return &messages[i];
	return NULL;
}

static void bundle(const struct programme *programme, struct planned_message *messages,
		   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (messages[i].bundle == PROGRAMME_BUNDLE_NONE || programme->bundle_minutes == 0)
			continue;
		const struct planned_message *first = joins(programme, messages, i);
		if (!first)
			continue;
		messages[i].due_at = first->due_at;
		messages[i].moved |= MESSAGE_MOVED_BY_BUNDLE;
	}
}

static bool is_one_text(const struct planned_message *one, const struct planned_message *other)
{
	return one->bundle != PROGRAMME_BUNDLE_NONE && one->bundle == other->bundle &&
	       one->due_at == other->due_at;
}

/* The cap's view of the plan: which messages have their place. */
struct days {
	const struct programme *programme;
	const struct local_zone *zone;
	const int64_t *taken;
	size_t taken_count;
	struct planned_message *messages;
	size_t count;
	bool placed[FOLLOW_UP_MAX];
};

/* Texts of the local day of `at`, but for one that `message` would be a part of. */
static int32_t texts_of_day(const struct days *days, int64_t at,
			    const struct planned_message *message, bool *ret_is_part)
{
	int64_t begins = local_day_instant(days->zone, at, 0, 0);
	int64_t ends = local_day_instant(days->zone, at, 1, 0);
	int32_t texts = 0;
	*ret_is_part = false;
	for (size_t i = 0; i < days->taken_count; i++)
		texts += days->taken[i] >= begins && days->taken[i] < ends;
	for (size_t i = 0; i < days->count; i++) {
		const struct planned_message *other = &days->messages[i];
		if (!days->placed[i] || other->due_at < begins || other->due_at >= ends)
			continue;
		bool said = false;
		for (size_t j = 0; j < i; j++)
			said |= days->placed[j] && is_one_text(&days->messages[j], other);
		texts += !said;
		*ret_is_part |= is_one_text(other, message);
	}
	return texts;
}

static bool has_room(const struct days *days, const struct planned_message *message)
{
	bool is_part;
	int32_t texts = texts_of_day(days, message->due_at, message, &is_part);
	return is_part || texts < days->programme->daily_cap;
}

static void place(struct days *days, struct planned_message *message)
{
	struct planned_message moved = *message;
	if (message->due_at >= message->stale_at) {
		message->unsent = MESSAGE_TOO_LATE;
		return;
	}
	for (int32_t day = 0; day <= DAYS_HELD && moved.due_at < message->stale_at; day++) {
		if (has_room(days, &moved)) {
			if (day > 0)
				moved.moved |= MESSAGE_MOVED_BY_CAP;
			*message = moved;
			return;
		}
		moved.due_at = local_day_instant(days->zone, message->due_at, day + 1,
						 days->programme->window.opens_minute);
	}
	message->unsent = MESSAGE_OVER_CAP;
}

static void sort(struct planned_message *messages, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct planned_message message = messages[i];
		size_t at = i;
		for (; at > 0 && messages[at - 1].due_at > message.due_at; at--)
			messages[at] = messages[at - 1];
		messages[at] = message;
	}
}

void arrange(const struct programme *programme, const struct local_zone *zone, const int64_t *taken,
	     size_t taken_count, struct planned_message *messages, size_t count)
{
	struct days days = {programme, zone, taken, taken_count, messages, count, {false}};
	for (size_t i = 0; i < count; i++)
		hold_for_window(programme, zone, &messages[i]);
	bundle(programme, messages, count);
	for (size_t i = 0; i < count; i++)
		days.placed[i] = is_counted(&messages[i]) && is_news(programme, &messages[i]);
	for (int priority = MESSAGE_PRIORITY_VISIT; priority <= MESSAGE_PRIORITY_MEASURE;
	     priority++)
		for (size_t i = 0; i < count; i++) {
			if (days.placed[i] || (int)messages[i].priority != priority)
				continue;
			place(&days, &messages[i]);
			days.placed[i] = !messages[i].unsent;
		}
	sort(messages, count);
}

void arrange_trace(const struct programme *programme, const struct planned_message *message,
		   char ret_trace[ARRANGE_TRACE_BYTES])
{
	char wanted[TEXT_INSTANT_BYTES];
	int length = snprintf(ret_trace, ARRANGE_TRACE_BYTES, "programme %d, step %s, rule %s",
			      programme->version, programme->steps[message->purpose].code,
			      message->rule);
	if (!message->moved)
		return;
	text_from_instant(message->wanted_at, wanted);
	snprintf(ret_trace + length, ARRANGE_TRACE_BYTES - (size_t)length, "; instead of %s%s%s%s",
		 wanted, message->moved & MESSAGE_MOVED_BY_WINDOW ? ", by the send window" : "",
		 message->moved & MESSAGE_MOVED_BY_BUNDLE ? ", in a bundle" : "",
		 message->moved & MESSAGE_MOVED_BY_CAP ? ", by the day's cap" : "");
}
