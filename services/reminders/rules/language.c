#include "reminders/rules/language.h"

#include <stdio.h>
#include <string.h>

static void add(struct language_chain *chain, const char *tag)
{
	for (size_t i = 0; i < chain->count; i++)
		if (strcmp(chain->languages[i], tag) == 0)
			return;
	if (chain->count < LANGUAGE_CHAIN_MAX)
		strcpy(chain->languages[chain->count++], tag);
}

static void add_with_parts(struct language_chain *chain, const char *tag)
{
	char rest[LANGUAGE_BYTES];
	if (!tag || !language_normalise(tag, rest))
		return;
	for (char *cut = rest; cut; cut = strrchr(rest, '-')) {
		if (cut != rest)
			*cut = '\0';
		add(chain, rest);
	}
}

void language_chain(const char *athletes, const char *organisations,
		    struct language_chain *ret_chain)
{
	ret_chain->count = 0;
	add_with_parts(ret_chain, athletes);
	add_with_parts(ret_chain, organisations);
	add(ret_chain, "en");
}

/* GSM-7 has no circumflex: "aout" as the spelling of 1990 allows. */
static const struct {
	const char *english;
	const char *german;
	const char *french;
} words[] = {
	{"Mon", "Mo", "lun"},    {"Tue", "Di", "mar"},    {"Wed", "Mi", "mer"},
	{"Thu", "Do", "jeu"},    {"Fri", "Fr", "ven"},    {"Sat", "Sa", "sam"},
	{"Sun", "So", "dim"},    {"Jan", "Jan", "janv"},  {"Feb", "Feb", "févr"},
	{"Mar", "März", "mars"}, {"Apr", "Apr", "avril"}, {"May", "Mai", "mai"},
	{"Jun", "Juni", "juin"}, {"Jul", "Juli", "juil"}, {"Aug", "Aug", "aout"},
	{"Sep", "Sept", "sept"}, {"Oct", "Okt", "oct"},   {"Nov", "Nov", "nov"},
	{"Dec", "Dez", "déc"},
};

static const char *word(const char *english, bool german)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].english, english) == 0)
			return german ? words[i].german : words[i].french;
	return NULL;
}

void language_moment(const char *english, const char *language,
		     char ret_moment[LANGUAGE_MOMENT_BYTES])
{
	char day[4], month[4], clock[6];
	int of_month, read = 0;
	bool german = strncmp(language, "de", 2) == 0, french = strncmp(language, "fr", 2) == 0;
	snprintf(ret_moment, LANGUAGE_MOMENT_BYTES, "%s", english);
	if (!german && !french)
		return;
	if (sscanf(english, "%3s %d %3s %5s%n", day, &of_month, month, clock, &read) != 4 ||
	    english[read] != '\0' || !word(day, german) || !word(month, german))
		return;
	snprintf(ret_moment, LANGUAGE_MOMENT_BYTES, german ? "%s %d. %s %s" : "%s %d %s %s",
		 word(day, german), of_month, word(month, german), clock);
}
