/* The default programme and its words: what its tables hold, in which language a text is, and what
 * the tables' readers refuse. */
#include "reminders/rules/language.h"
#include "reminders/rules/programme.h"
#include "reminders/rules/programme_check.h"
#include "reminders/rules/segments.h"
#include "reminders/rules/text.h"

#include "../table_files.h"

static const struct message_fields longest = {
	.clinic = "Twenty-four letters long",
	.when = "Wed 23 Sep 14:30",
	.step = 12,
	.steps = 16,
	.until = "14:30",
};

static void says_nothing_clinical_in_one_segment_in_any_language(void **state)
{
	(void)state;
	struct programme ours;
	programme_begin(&ours);
	for (int i = 0; i < MESSAGE_PURPOSES * PROGRAMME_LANGUAGES; i++) {
		const struct message_part part = {(enum message_purpose)(i / PROGRAMME_LANGUAGES),
						  longest};
		const char *language = programme_languages[i % PROGRAMME_LANGUAGES];
		const struct programme_step *step = &ours.steps[part.purpose];
		const char *words = programme_texts[part.purpose][i % PROGRAMME_LANGUAGES], *of;
		struct template_faults faults;
		char text[MESSAGE_TEXT_BYTES];
		assert_true(message_text_of(&ours, language, &part, 1, text, sizeof(text), &of) >
			    0);
		assert_string_equal(of, language);
		struct segments cost = segments_count(text);
		if (cost.encoding != SEGMENTS_GSM7 ||
		    cost.segments > (part.purpose == MESSAGE_EMERGENCY_ADVICE ? 2 : 1))
			fail_msg("%s: %zu segments of %s", text, cost.segments,
				 segments_encoding_name(cost.encoding));
		if (!template_check(words, step->needs,
				    programme_fields(part.purpose) & TEMPLATE_LINK, &faults))
			fail_msg("%s: %s", words, faults.faults[0].expected);
		if (step->priority != MESSAGE_PRIORITY_SAFETY && template_clinical_word(words))
			fail_msg("%s: %s", words, template_clinical_word(words));
	}
}

/* A2 cannot be switched off, and what is planned has an end. */
static void every_step_is_whole(void **state)
{
	(void)state;
	for (int i = 0; i < MESSAGE_PURPOSES; i++) {
		const struct programme_step *step = &programme_steps[i];
		bool planned =
			step->on & (PROGRAMME_ON_BOOKED | PROGRAMME_ON_MOVED | PROGRAMME_ON_SIGNED);
		assert_int_equal(planned, step->due.anchor != PROGRAMME_UNSET);
		assert_int_equal(planned, step->stale.anchor != PROGRAMME_UNSET);
		assert_true(step->fixed || step->priority != MESSAGE_PRIORITY_SAFETY);
		assert_int_equal((step->on & PROGRAMME_ON_REPLY) != 0,
				 strcmp(step->consent, "reply") == 0);
	}
	assert_true(programme_steps[MESSAGE_RED_FLAG_24H].fixed);
	assert_int_equal(programme_steps[MESSAGE_RED_FLAG_24H].when, PROGRAMME_WHEN_THORAX);
}

static const struct {
	const char *text;
	struct programme_moment moment;
} moments[] = {
	{"now", {PROGRAMME_NOW, 0, 0}},
	{"before 48h", {PROGRAMME_BEFORE, 0, 48 * 60}},
	{"before 30m", {PROGRAMME_BEFORE, 0, 30}},
	{"after 90m", {PROGRAMME_AFTER, 0, 90}},
	{"day -1 18:00", {PROGRAMME_DAY, -1, 18 * 60}},
	{"planend 7 10:00", {PROGRAMME_PLANEND, 7, 10 * 60}},
	{"plan 1 12:05", {PROGRAMME_PLAN, 1, 12 * 60 + 5}},
};
static const char *const no_moments[] = {
	"",          "later",        "before",      "before 48",  "before -1h",   "before 48d",
	"after 1h ", "before 1441h", "day 1 24:00", "day 1 9:00", "day 61 10:00", "day x 10:00",
	"day 1",     "plan 1 10:60", "now 1",
};

static void reads_and_writes_moments(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		struct programme_moment moment;
		char text[PROGRAMME_MOMENT_BYTES];
		assert_true(programme_moment_read(moments[i].text, &moment));
		assert_memory_equal(&moment, &moments[i].moment, sizeof(moment));
		programme_moment_write(&moment, text);
		assert_string_equal(text, moments[i].text);
	}
	for (size_t i = 0; i < sizeof(no_moments) / sizeof(no_moments[0]); i++) {
		struct programme_moment untouched = {PROGRAMME_DAY, 7, 7};
		if (programme_moment_read(no_moments[i], &untouched) || untouched.day != 7)
			fail_msg("\"%s\" was read", no_moments[i]);
	}
}

static const struct programme_text own[] = {
	{MESSAGE_REMINDER_3H, "de-at", "{clinic}: bis gleich, {when}."},
	{MESSAGE_REMINDER_3H, "es", "{clinic}: hasta luego, {when}."},
};

static const struct {
	const char *athletes, *organisations, *language, *begins;
} chosen[] = {
	{"", "en", "en", "{clinic}: see you"},
	{"de-AT", "en", "de-at", "{clinic}: bis gleich"},
	{"de-CH", "en", "de", "{clinic}: wir sehen uns"},
	{"de", "en", "de", "{clinic}: wir sehen uns"},
	{"es-MX", "de", "es", "{clinic}: hasta"},
	{"it", "de", "de", "{clinic}: wir sehen uns"},
	{"it", "pt", "en", "{clinic}: see you"},
	{"fr-CA", "de", "fr", "{clinic}: à tout"},
	{"no tag!", "de", "de", "{clinic}: wir sehen uns"},
};

static void falls_back_from_language_to_language(void **state)
{
	(void)state;
	struct programme programme;
	programme_begin(&programme);
	programme.texts = own;
	programme.text_count = 2;
	for (size_t i = 0; i < sizeof(chosen) / sizeof(chosen[0]); i++) {
		const char *language;
		programme.language = chosen[i].organisations;
		const char *words = programme_words(&programme, MESSAGE_REMINDER_3H,
						    chosen[i].athletes, &language);
		assert_string_equal(language, chosen[i].language);
		if (strncmp(words, chosen[i].begins, strlen(chosen[i].begins)) != 0)
			fail_msg("%s, %s: %s", chosen[i].athletes, chosen[i].organisations, words);
	}
}

static void reads_tags_and_writes_moments(void **state)
{
	(void)state;
	char tag[LANGUAGE_BYTES] = "before", moment[LANGUAGE_MOMENT_BYTES];
	assert_true(language_normalise("de_AT", tag));
	assert_string_equal(tag, "de-at");
	assert_true(language_normalise("es-419", tag));
	static const char *const wrong[] = {"",    "d",  "deut",           "de-",
					    "-de", "1e", "de-toolongpart", "de-x-abcdefgh-abcd"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(language_normalise(wrong[i], tag));
	assert_string_equal(tag, "es-419");
	language_moment("Tue 03 Mar 14:00", "de-at", moment);
	assert_string_equal(moment, "Di 3. März 14:00");
	language_moment("Sat 22 Aug 09:30", "fr", moment);
	assert_string_equal(moment, "sam 22 aout 09:30");
	language_moment("Sat 22 Aug 09:30", "en", moment);
	assert_string_equal(moment, "Sat 22 Aug 09:30");
	language_moment("soon", "de", moment);
	assert_string_equal(moment, "soon");
}

static void joins_parts(void **state)
{
	(void)state;
	struct programme ours;
	const char *language;
	char text[MESSAGE_TEXT_BYTES];
	const struct message_part parts[] = {
		{MESSAGE_BOOKING_CONFIRMATION, {.clinic = "Prater", .when = "Tue 24 Nov 14:00"}},
		{MESSAGE_PREPARATION, {.clinic = "Prater", .when = "Tue 24 Nov 14:00"}},
	};
	programme_begin(&ours);
	message_text_of(&ours, "", parts, 2, text, sizeof(text), &language);
	assert_string_equal(
		text, "Prater: your visit is booked for Tue 24 Nov 14:00. Reply M to move, X to "
		      "cancel. STOP ends texts. Before your visit Tue 24 Nov 14:00: eat, drink, "
		      "sleep well. If you are ill, tell us and we find another time.");
	assert_int_equal(message_text_of(&ours, "", parts, 2, text, 150, &language), 0);
	assert_string_equal(text, "");
	/* The first that has a place for it brings the link. */
	const struct message_part linked[] = {
		{MESSAGE_PREPARATION,
		 {.clinic = "Prater", .when = "Tue 14:00", .link = "https://x/l/1"}},
		{MESSAGE_REMINDER_3H,
		 {.clinic = "Prater", .when = "Tue 14:00", .link = "https://x/l/2"}},
		{MESSAGE_REMINDER_3H,
		 {.clinic = "Prater", .when = "Tue 14:00", .link = "https://x/l/3"}},
	};
	message_text_of(&ours, "", linked, 3, text, sizeof(text), &language);
	assert_null(strstr(text, "/l/1"));
	assert_non_null(strstr(text, "or X to cancel. https://x/l/2 See you Tue 14:00."));
	assert_null(strstr(text, "/l/3"));
}

/* All links are as long, so what a text costs with one is known when it is saved. */
static void counts_its_link(void **state)
{
	(void)state;
	static const char link[] = "https://soleus.example/l/"
				   "000000000000000000000000000000000000000000000000000000000000000"
				   "000000000000";
	const char *words = "{clinic}: {when}. {link}";
	struct template_faults faults;
	assert_int_equal(programme_cost(words, NULL).characters, 24 + 2 + 16 + 1);
	assert_int_equal(programme_cost(words, link).characters,
			 24 + 2 + 16 + 1 + 1 + strlen(link));
	for (int i = 0; i < MESSAGE_PURPOSES; i++)
		for (int of = 0; of < PROGRAMME_LANGUAGES; of++) {
			const char *ours = programme_texts[i][of];
			if (!programme_check_words((enum message_purpose)i, false, ours, link,
						   &faults))
				fail_msg("%s: %s", ours, faults.faults[0].expected);
			assert_in_range(programme_cost(ours, link).segments, 1, 2);
		}
	assert_false(programme_check_words(MESSAGE_REMINDER_48H, false, "{clinic}: {when} {links}",
					   link, &faults));
	assert_string_equal(faults.faults[0].expected, "a field that is known, not {links}");
	assert_false(programme_check_words(MESSAGE_WAITLIST_GONE, false, "{clinic}: {link}", link,
					   &faults));
	assert_string_equal(faults.faults[0].expected, "a field that this step has, not {link}");
}

#define WHOLE "step help\n on reply\n rule A4\n consent reply\n priority visit\n"
static const struct table_file steps[] = {
	{"a step", WHOLE, ""},
	{"an event that nobody knows",
	 "step x\n on moon\n rule A4\n consent reply\n priority visit\n",
	 "p.conf:2:5: expected on: of booked, moved, signed, told, recall, reply"},
	{"due of what is planned",
	 "step x\n on booked\n rule A4\n consent reminders\n priority visit\n",
	 "expected due and stale of x, which is planned"},
	{"a moment", WHOLE " due noon\n", "p.conf:6:6: expected due: now, before SPAN, after SPAN"},
	{"a clock", WHOLE " due day -1 24:00\n", "p.conf:6:6: expected due: now"},
	{"a class", WHOLE " bundle all\n", "p.conf:6:9: expected bundle: visit, care"},
	{"a field", WHOLE " needs name\n", "p.conf:6:8: expected needs: of when, until"},
	{"a key", WHOLE " colour red\n", "p.conf:6:2: expected on, rule, consent"},
	{"what a step cannot be without", "step x\n", "p.conf:1:1: expected rule of x"},
};
static const struct table_file texts[] = {
	{"a text", "text help\n en {clinic}: a\n de {clinic}: b\n fr {clinic}: c\n", ""},
	{"who writes", "text help\n en a\n de {clinic}: b\n fr {clinic}: c\n",
	 "t.conf:2:5: expected {clinic}: at the beginning"},
	{"a field", "text help\n en {clinic}: {wen}\n de {clinic}: b\n fr {clinic}: c\n",
	 "t.conf:2:5: expected a field that is known, not {wen}"},
	{"every language", "text help\n en {clinic}: a\n", "expected de of help"},
};

static void reads_the_tables(void **state)
{
	(void)state;
	check_table_files("programme_steps", "p.conf", steps, sizeof(steps) / sizeof(steps[0]));
	check_table_files("programme_texts", "t.conf", texts, sizeof(texts) / sizeof(texts[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_nothing_clinical_in_one_segment_in_any_language),
		cmocka_unit_test(every_step_is_whole),
		cmocka_unit_test(reads_and_writes_moments),
		cmocka_unit_test(falls_back_from_language_to_language),
		cmocka_unit_test(reads_tags_and_writes_moments),
		cmocka_unit_test(joins_parts),
		cmocka_unit_test(counts_its_link),
		cmocka_unit_test(reads_the_tables),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
