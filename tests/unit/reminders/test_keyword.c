/* What inbound texts mean: "Messages" of domain.md, A1's numbers, A2's red flags. */
#include "reminders/rules/keyword.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONE (-1)

static const struct keyword_context opted_in = {false, true};

static const struct {
	const char *text;
	enum keyword_kind kind;
} kinds[] = {
	/* Messages: the opt-out family, however it is written. */
	{"STOP", KEYWORD_STOP},
	{"stop", KEYWORD_STOP},
	{"  Stop.\n", KEYWORD_STOP},
	{"STOP!!! \xf0\x9f\x99\x8f", KEYWORD_STOP},
	{"\xe2\x80\x9cSTOP\xe2\x80\x9d", KEYWORD_STOP},
	{"\xef\xbc\xb3\xef\xbc\xb4\xef\xbc\xaf\xef\xbc\xb0", KEYWORD_STOP}, /* full width */
	{"STOPALL", KEYWORD_STOP},
	{"Stop all", KEYWORD_STOP},
	{"Hi\nstop", KEYWORD_FREE_TEXT},
	{"Please\nstop", KEYWORD_STOP},
	{"UNSUBSCRIBE", KEYWORD_STOP},
	{"unsubscribe me please", KEYWORD_STOP},
	{"CANCEL", KEYWORD_STOP},
	{"end", KEYWORD_STOP},
	{"Quit", KEYWORD_STOP},
	{"revoke", KEYWORD_STOP},
	{"OPT OUT", KEYWORD_STOP},
	{"opt-out", KEYWORD_STOP},
	{"OptOut", KEYWORD_STOP},
	{"Please stop texting me, thank you", KEYWORD_STOP},
	{"Don\xe2\x80\x99t text me", KEYWORD_STOP},
	{"STOP, wrong number", KEYWORD_STOP},
	/* Not an opt-out: the word inside a sentence. */
	{"I had to stop running yesterday", KEYWORD_FREE_TEXT},
	{"stop by at noon?", KEYWORD_FREE_TEXT},
	{"nonstop", KEYWORD_FREE_TEXT},
	{"Cancel, I am ill", KEYWORD_FREE_TEXT},
	{"the end of my calf", KEYWORD_FREE_TEXT},
	{"START", KEYWORD_START},
	{"unstop", KEYWORD_START},
	{"HELP", KEYWORD_HELP},
	{"info?", KEYWORD_HELP},
	{"yes", KEYWORD_YES},
	{"Y", KEYWORD_YES},
	{"No thanks", KEYWORD_NO},
	{"c", KEYWORD_CONFIRM},
	{"Confirmed!", KEYWORD_CONFIRM},
	{"M", KEYWORD_MOVE},
	{"reschedule my appointment please", KEYWORD_MOVE},
	{"X", KEYWORD_CANCEL_VISIT},
	{"cancel my appointment", KEYWORD_CANCEL_VISIT},
	{"Done", KEYWORD_DONE},
	{"not done", KEYWORD_NOT_DONE},
	{"", KEYWORD_EMPTY},
	{0, KEYWORD_EMPTY},
	{" ?! \xf0\x9f\x91\x8d", KEYWORD_EMPTY},
	{"Can I bring my dog", KEYWORD_FREE_TEXT},
	{"\xff\xfe\x80", KEYWORD_EMPTY},
	{"\xe2\x80", KEYWORD_EMPTY},
	/* A2: red flags, spelled as people spell. */
	{"breathless", KEYWORD_RED_FLAG},
	{"A bit BREATHLESS since this morning", KEYWORD_RED_FLAG},
	{"i feel brethless", KEYWORD_RED_FLAG},
	{"can't breathe", KEYWORD_RED_FLAG},
	{"Can\xe2\x80\x99t breathe", KEYWORD_RED_FLAG},
	{"can\xe2\x80\x98t breath", KEYWORD_RED_FLAG},
	{"can`t breathe", KEYWORD_RED_FLAG},
	{"can\xc2\xb4t breathe", KEYWORD_RED_FLAG},
	{"can\xca\xbct breathe", KEYWORD_RED_FLAG},
	{"can\xe2\x80\xb2t breathe", KEYWORD_RED_FLAG},
	{"cant brethe", KEYWORD_RED_FLAG},
	{"can t breathe", KEYWORD_RED_FLAG},
	{"cannot breathe well", KEYWORD_RED_FLAG},
	{"I can not  breathe", KEYWORD_RED_FLAG},
	{"can hardly breathe", KEYWORD_RED_FLAG},
	{"chest pain", KEYWORD_RED_FLAG},
	{"chest\npains", KEYWORD_RED_FLAG},
	{"chestpain", KEYWORD_RED_FLAG},
	{"Chest-pain", KEYWORD_RED_FLAG},
	{"pain in my chest when I lie down", KEYWORD_RED_FLAG},
	{"No\nchest pain", KEYWORD_RED_FLAG},
	{"my chest hurts", KEYWORD_RED_FLAG},
	{"chest feels tight", KEYWORD_RED_FLAG},
	{"short of breath", KEYWORD_RED_FLAG},
	{"shortness of breath", KEYWORD_RED_FLAG},
	{"out of breath on the stairs", KEYWORD_RED_FLAG},
	{"trouble breathing", KEYWORD_RED_FLAG},
	{"hurts to breathe", KEYWORD_RED_FLAG},
	{"it is hard to breathe", KEYWORD_RED_FLAG},
	{"3 8 but short of breath", KEYWORD_RED_FLAG},
	{"YES chest pain", KEYWORD_RED_FLAG},
	/* A2: what looks like a denial and is none. */
	{"No, chest pain", KEYWORD_RED_FLAG},
	{"No. Breathless.", KEYWORD_RED_FLAG},
	{"no I can't breathe", KEYWORD_RED_FLAG},
	{"no i have chest pain", KEYWORD_RED_FLAG},
	{"no breathless", KEYWORD_RED_FLAG},
	{"not good, chest pain", KEYWORD_RED_FLAG},
	{"no chest pain but breathless", KEYWORD_RED_FLAG},
	{"no chest pain and short of breath", KEYWORD_RED_FLAG},
	{"not better still breathless", KEYWORD_RED_FLAG},
	{"no longer short of breath", KEYWORD_RED_FLAG},
	/* A2: plain denials go to staff, without an alarm. */
	{"no chest pain", KEYWORD_FREE_TEXT},
	{"No chest pain or shortness of breath", KEYWORD_FREE_TEXT},
	{"I don't have any chest pain", KEYWORD_FREE_TEXT},
	{"not breathless at all", KEYWORD_FREE_TEXT},
	{"not feeling short of breath, no signs of chest pain", KEYWORD_FREE_TEXT},
	{"no breathlessness", KEYWORD_FREE_TEXT},
	/* Words that only look alike. */
	{"breath work done", KEYWORD_FREE_TEXT},
	{"chest day at the gym", KEYWORD_FREE_TEXT},
	{"orchestra painting", KEYWORD_FREE_TEXT},
};

static void understands(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct keyword_result got = keyword_parse(kinds[i].text, &opted_in);
		if (got.kind != kinds[i].kind)
			fail_msg("\"%s\" is understood as %s", kinds[i].text ? kinds[i].text : "",
				 keyword_kind_name(got.kind));
		assert_true(got.opts_out == (got.kind == KEYWORD_STOP));
	}
}

static const struct {
	const char *text;
	int soreness, readiness;
} numbers[] = {
	{"0", 0, NONE},
	{"10", 10, NONE},
	{" 3! ", 3, NONE},
	{"03", 3, NONE},
	{"3 8", 3, 8},
	{"3,8 ", NONE, NONE}, /* a decimal in half of Europe */
	{"3, 8", 3, 8},
	{"3/8", 3, 8},
	{"3 / 8", 3, 8},
	{"3 and 8", 3, 8},
	{"3\n8", 3, 8},
	{"10 0", 10, 0},
	{"3/10", 3, NONE}, /* out of ten */
	{"3 out of 10", 3, NONE},
	{"3/10 8/10", 3, 8},
	{"10/10", 10, NONE},
	{"sore 3 ready 8", 3, 8},
	{"Soreness: 3, readiness: 8", 3, 8},
	{"ready 8 sore 3", 3, 8},
	{"S3 R8", 3, 8},
	{"sore-3 ready-8", 3, 8},
	{"3 sore, 8 ready", 3, 8},
	{"sore 3", 3, NONE},
	{"readiness 7", NONE, 7},
	{"pain 2 today", 2, NONE},
	{"three eight", 3, 8},
	{"Ten", 10, NONE},
	{"11", NONE, NONE},
	{"3 11", NONE, NONE},
	{"-3", NONE, NONE},
	{"3-4", NONE, NONE},
	{"3 - 4", NONE, NONE},
	{"3.5", NONE, NONE},
	{"3 8 1", NONE, NONE},
	{"3/8/2", NONE, NONE},
	{"3 of 8", NONE, NONE},
	{"sore 3 sore 4", NONE, NONE},
	{"sore ready 3 8", NONE, NONE},
	{"not ready 3", NONE, NONE},
	{"007", NONE, NONE},
	{"call 555 0100", NONE, NONE},
	{"99999999999999999999", NONE, NONE},
	{"/3", NONE, NONE},
	{"3/", NONE, NONE},
	{"today", NONE, NONE},
};

static void a1_reads_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct keyword_result got = keyword_parse(numbers[i].text, &opted_in);
		int soreness = got.soreness.has ? got.soreness.value : NONE;
		int readiness = got.readiness.has ? got.readiness.value : NONE;
		bool any = numbers[i].soreness != NONE || numbers[i].readiness != NONE;
		if (soreness != numbers[i].soreness || readiness != numbers[i].readiness ||
		    got.kind != (any ? KEYWORD_NUMBERS : KEYWORD_FREE_TEXT))
			fail_msg("A1 \"%s\" is %s %d %d", numbers[i].text,
				 keyword_kind_name(got.kind), soreness, readiness);
	}
}

/* The two traps, with what is known of the number. */
static const struct {
	const char *text;
	struct keyword_context context;
	enum keyword_kind kind;
	bool opts_out, visit_task;
} traps[] = {
	{"CANCEL", {false, true}, KEYWORD_STOP, true, true},
	{"cancel please", {false, true}, KEYWORD_STOP, true, true},
	{"CANCEL", {false, false}, KEYWORD_STOP, true, false},
	{"STOP", {false, true}, KEYWORD_STOP, true, false},
	{"X", {false, true}, KEYWORD_CANCEL_VISIT, false, false},
	{"YES", {false, true}, KEYWORD_YES, false, false},
	{"YES", {true, true}, KEYWORD_START, false, false},
	{"Y", {true, true}, KEYWORD_YES, false, false},
	{"START", {false, false}, KEYWORD_START, false, false},
	{"STOP, can't breathe", {false, true}, KEYWORD_RED_FLAG, true, false},
	{"Cancel, chest pain", {false, true}, KEYWORD_RED_FLAG, false, false},
	{"can't breathe", {true, false}, KEYWORD_RED_FLAG, false, false},
};

static void knows_the_traps(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
		struct keyword_result got = keyword_parse(traps[i].text, &traps[i].context);
		if (got.kind != traps[i].kind || got.opts_out != traps[i].opts_out ||
		    got.visit_task != traps[i].visit_task)
			fail_msg("Messages %zu \"%s\": %s, opts out %d, task %d", i, traps[i].text,
				 keyword_kind_name(got.kind), got.opts_out, got.visit_task);
	}
	assert_true(keyword_parse("no chest pain", &opted_in).denies_red_flag);
	assert_false(keyword_parse("all good", &opted_in).denies_red_flag);
}

/* A2: wherever the words are in a long text, across the parts that it is read in too. */
static void finds_red_flags_in_long_texts(void **state)
{
	(void)state;
	char text[4096];
	for (size_t before = 0; before < 3000; before++) {
		memset(text, 'a', before);
		for (size_t i = 9; i < before; i += 10)
			text[i] = ' ';
		sprintf(text + before, " short of breath and tired");
		assert_int_equal(keyword_parse(text, &opted_in).kind, KEYWORD_RED_FLAG);
		sprintf(text + before, " shore of bread and tired");
		assert_int_equal(keyword_parse(text, &opted_in).kind, KEYWORD_FREE_TEXT);
	}
	memset(text, 'a', 3500); /* one endless word */
	strcpy(text + 3500, " chest pain");
	assert_int_equal(keyword_parse(text, &opted_in).kind, KEYWORD_RED_FLAG);
}

/* Any bytes: nothing but a result, under the sanitizers. */
static void survives_any_bytes(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"no ",  "chest pain", "3",        "/",    "10",           ",", "\xe2", "'",
		"stop", " ",          "\xf0\x9f", "sore", "\xef\xbc\xb3", "-"};
	uint32_t seed = 7;
	for (int round = 0; round < 20000; round++) {
		char text[256] = "";
		size_t length = 0;
		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			if (seed >> 31) {
				char byte = (char)(seed >> 16);
				if (byte)
					text[length++] = byte;
			} else {
				const char *piece = pieces[(seed >> 16) % 14];
				strcpy(text + length, piece);
				length += strlen(piece);
			}
			text[length] = '\0';
		}
		struct keyword_result got = keyword_parse(text, &opted_in);
		assert_true(!got.soreness.has ||
			    (got.soreness.value >= 0 && got.soreness.value <= 10));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands),
		cmocka_unit_test(a1_reads_numbers),
		cmocka_unit_test(knows_the_traps),
		cmocka_unit_test(finds_red_flags_in_long_texts),
		cmocka_unit_test(survives_any_bytes),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
