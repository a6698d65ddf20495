#include "reminders/rules/programme.h"

#include "reminders/rules/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPAN_MOST (PROGRAMME_DAYS_MOST * 1440)

void programme_begin(struct programme *ret_programme)
{
	*ret_programme = (struct programme){
		.window = send_window_ours,
		.bundle_minutes = 120,
		.daily_cap = 4,
		.language = programme_languages[0],
	};
	memcpy(ret_programme->steps, programme_steps, sizeof(programme_steps));
}

/* "48h" or "30m"; -1: neither. */
static int32_t read_span(const char *text)
{
	char *end;
	if (*text < '0' || *text > '9')
		return -1;
	long number = strtol(text, &end, 10);
	if (number > SPAN_MOST || strlen(end) != 1 || (*end != 'h' && *end != 'm'))
		return -1;
	number *= *end == 'h' ? 60 : 1;
	return number <= SPAN_MOST ? (int32_t)number : -1;
}

static int32_t read_clock(const char *text)
{
	for (int i = 0; i < 5; i++)
		if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9')
			return -1;
	int32_t hour = (text[0] - '0') * 10 + (text[1] - '0');
	int32_t minute = (text[3] - '0') * 10 + (text[4] - '0');
	return text[5] == '\0' && hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static bool read_day(const char *text, struct programme_moment *ret_moment)
{
	char *end;
	long day = strtol(text, &end, 10);
	if (end == text || *end != ' ' || day < -PROGRAMME_DAYS_MOST || day > PROGRAMME_DAYS_MOST)
		return false;
	ret_moment->day = (int32_t)day;
	ret_moment->minutes = read_clock(end + 1);
	return ret_moment->minutes >= 0;
}

bool programme_moment_read(const char *text, struct programme_moment *ret_moment)
{
	struct programme_moment moment = {0};
	bool good;
	if (strncmp(text, "before ", 7) == 0) {
		moment.anchor = PROGRAMME_BEFORE;
		good = (moment.minutes = read_span(text + 7)) >= 0;
	} else if (strncmp(text, "after ", 6) == 0) {
		moment.anchor = PROGRAMME_AFTER;
		good = (moment.minutes = read_span(text + 6)) >= 0;
	} else if (strncmp(text, "day ", 4) == 0) {
		moment.anchor = PROGRAMME_DAY;
		good = read_day(text + 4, &moment);
	} else if (strncmp(text, "planend ", 8) == 0) {
		moment.anchor = PROGRAMME_PLANEND;
		good = read_day(text + 8, &moment);
	} else if (strncmp(text, "plan ", 5) == 0) {
		moment.anchor = PROGRAMME_PLAN;
		good = read_day(text + 5, &moment);
	} else {
		moment.anchor = PROGRAMME_NOW;
		good = strcmp(text, "now") == 0;
	}
	if (good)
		*ret_moment = moment;
	return good;
}

bool programme_moment_is(const struct programme_moment *one, const struct programme_moment *other)
{
	return one->anchor == other->anchor && one->day == other->day &&
	       one->minutes == other->minutes;
}

void programme_moment_write(const struct programme_moment *moment,
			    char ret_text[PROGRAMME_MOMENT_BYTES])
{
	static const char *const names[] = {"", "now", "before", "after", "day", "plan", "planend"};
	const char *name = names[moment->anchor];
	switch (moment->anchor) {
	case PROGRAMME_UNSET:
	case PROGRAMME_NOW:
		snprintf(ret_text, PROGRAMME_MOMENT_BYTES, "%s", name);
		break;
	case PROGRAMME_BEFORE:
	case PROGRAMME_AFTER:
		snprintf(ret_text, PROGRAMME_MOMENT_BYTES, "%s %d%c", name,
			 moment->minutes % 60 ? moment->minutes : moment->minutes / 60,
			 moment->minutes % 60 ? 'm' : 'h');
		break;
	case PROGRAMME_DAY:
	case PROGRAMME_PLAN:
	case PROGRAMME_PLANEND:
		snprintf(ret_text, PROGRAMME_MOMENT_BYTES, "%s %d %02d:%02d", name, moment->day,
			 moment->minutes / 60, moment->minutes % 60);
		break;
	}
}

/* In exactly this language; NULL: none. */
static const char *words_in(const struct programme *programme, enum message_purpose purpose,
			    const char *language, const char **ret_language)
{
	for (size_t i = 0; i < programme->text_count; i++)
		if (programme->texts[i].purpose == purpose &&
		    strcmp(programme->texts[i].language, language) == 0) {
			*ret_language = programme->texts[i].language;
			return programme->texts[i].text;
		}
	for (size_t i = 0; i < PROGRAMME_LANGUAGES; i++)
		if (strcmp(programme_languages[i], language) == 0) {
			*ret_language = programme_languages[i];
			return programme_texts[purpose][i];
		}
	return NULL;
}

const char *programme_words(const struct programme *programme, enum message_purpose purpose,
			    const char *language, const char **ret_language)
{
	struct language_chain chain;
	const char *words = NULL;
	language_chain(language, programme->language, &chain);
	for (size_t i = 0; i < chain.count && !words; i++)
		words = words_in(programme, purpose, chain.languages[i], ret_language);
	return words; /* the chain ends with English, which has them all */
}

const char *message_purpose_name(enum message_purpose purpose)
{
	return programme_steps[purpose].code;
}

bool message_purpose_find(const char *name, enum message_purpose *ret_purpose)
{
	for (int i = 0; name && i < MESSAGE_PURPOSES; i++)
		if (strcmp(programme_steps[i].code, name) == 0) {
			*ret_purpose = (enum message_purpose)i;
			return true;
		}
	return false;
}

const char *message_purpose_rule(enum message_purpose purpose)
{
	return programme_steps[purpose].rule;
}

const char *message_priority_name(enum message_priority priority)
{
	static const char *const names[] = {
		[MESSAGE_PRIORITY_SAFETY] = "safety",
		[MESSAGE_PRIORITY_VISIT] = "visit",
		[MESSAGE_PRIORITY_CARE] = "care",
		[MESSAGE_PRIORITY_MEASURE] = "measure",
	};
	return names[priority];
}

enum message_priority message_purpose_priority(enum message_purpose purpose)
{
	return programme_steps[purpose].priority;
}
