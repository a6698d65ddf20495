#include "reminders/rules/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Fields: {clinic} {when} {until} {step} {steps}. One ASCII text for each purpose; the first that
 * an athlete gets says how to stop. */
static const char *const templates[MESSAGE_PURPOSES] = {
	[MESSAGE_BOOKING_CONFIRMATION] = "{clinic}: your visit is booked for {when}. Reply M to "
					 "move, X to cancel. STOP ends texts.",
	[MESSAGE_REMINDER_48H] = "{clinic}: your visit is {when}. Reply C to confirm, M to move, X "
				 "to cancel.",
	[MESSAGE_REMINDER_3H] = "{clinic}: see you {when}. Reply M to move or X to cancel.",
	[MESSAGE_PREPARATION] = "{clinic}: before your visit {when}: eat, drink, sleep well. If "
				"you are ill, tell us and we find another time.",
	[MESSAGE_VISIT_MOVED] = "{clinic}: your visit is now {when}. Reply C to confirm, X to "
				"cancel.",
	[MESSAGE_VISIT_CANCELLED] = "{clinic}: your visit {when} is cancelled.",
	[MESSAGE_TIMING_CLASH] = "{clinic}: your visit {when} may no longer fit your training "
				 "calendar. Reply M to move it, C to keep it.",
	[MESSAGE_WAITLIST_OFFER] = "{clinic}: a time you wait for is free, {when}. Reply YES by "
				   "{until} to take it, or NO and it goes to the next.",
	[MESSAGE_WAITLIST_GONE] = "{clinic}: that time is not free any more. You stay on our "
				  "waitlist for the next.",
	[MESSAGE_PLAN_STEP] = "{clinic}: step {step} of {steps} of your plan is for today. Reply "
			      "DONE when you have done it.",
	[MESSAGE_CHECK_IN] = "{clinic}: how are you today? Reply with two numbers from 0 to 10: "
			     "soreness, then readiness to train, such as 3 8.",
	[MESSAGE_RED_FLAG_24H] = "{clinic}: all well? If you are breathless or have chest pain, "
				 "call emergency services now, then us. Reply NO if all is well.",
	[MESSAGE_RED_FLAG_72H] = "{clinic}: still all well? If you are breathless or have chest "
				 "pain, call emergency services now. Reply NO if all is well.",
	[MESSAGE_MEASURES_48H] = "{clinic}: two days on, how much does it bother you in training? "
				 "Reply one number, 0 not at all to 10 the most.",
	[MESSAGE_MEASURES_10D] = "{clinic}: ten days on, how much does it bother you in training? "
				 "Reply one number, 0 not at all to 10 the most.",
	[MESSAGE_MEASURES_4W] = "{clinic}: four weeks on, how much does it bother you in training? "
				"Reply one number, 0 not at all to 10 the most.",
	[MESSAGE_EMERGENCY_ADVICE] = "{clinic}: get emergency care NOW: call your emergency number "
				     "(112 or 911) or go to the nearest emergency department. Do "
				     "not wait for our call. We have alerted our staff.",
	[MESSAGE_STOP_CONFIRMED] = "{clinic}: you get no more texts from us. Reply START to get "
				   "them again.",
	[MESSAGE_START_CONFIRMED] = "{clinic}: you get our texts again. Reply STOP to end them.",
	[MESSAGE_HELP] = "{clinic}: we text about your visits. Reply C to confirm, M to move, X to "
			 "cancel a visit, STOP to end texts. Or call us.",
};

/* The value of the field whose name is [name, name + length); "" when it is missing. */
static const char *field_value(const struct message_fields *fields, const char *name, size_t length,
			       char *ret_number, size_t bytes)
{
	const char *value = 0;
	if (length == 6 && memcmp(name, "clinic", 6) == 0) {
		value = fields->clinic;
	} else if (length == 4 && memcmp(name, "when", 4) == 0) {
		value = fields->when;
	} else if (length == 5 && memcmp(name, "until", 5) == 0) {
		value = fields->until;
	} else {
		int32_t number = length == 4 ? fields->step : fields->steps;
		if (number > 0) {
			snprintf(ret_number, bytes, "%d", number);
			value = ret_number;
		}
	}
	return value ? value : "";
}

static bool append(char *ret_text, size_t bytes, size_t *length, const char *more, size_t count)
{
	if (*length + count >= bytes)
		return false;
	memcpy(ret_text + *length, more, count);
	*length += count;
	ret_text[*length] = '\0';
	return true;
}

size_t message_text(enum message_purpose purpose, const struct message_fields *fields,
		    char *ret_text, size_t bytes)
{
	size_t length = 0;
	if (bytes > 0)
		ret_text[0] = '\0';
	for (const char *at = templates[purpose]; *at;) {
		char number[16];
		const char *more = at;
		size_t count = strcspn(at, "{");
		if (count > 0) {
			at += count;
		} else {
			size_t name = strcspn(at + 1, "}");
			more = field_value(fields, at + 1, name, number, sizeof(number));
			count = strlen(more);
			at += name + 2;
		}
		if (count == 0 || !append(ret_text, bytes, &length, more, count)) {
			if (bytes > 0)
				ret_text[0] = '\0';
			return 0;
		}
	}
	return length;
}
