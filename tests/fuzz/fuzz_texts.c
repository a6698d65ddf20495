/* Arbitrary bytes as a text that comes in: the words, and what is done about them.
 *
 * Whatever comes, an alert is raised exactly when red-flag words were found or a red-flag question
 * was answered so; what is understood has its question or its reply, and what is not is a task.
 *
 * Input: one byte that says what was asked, then the text. Built with libFuzzer it fuzzes
 * (`fuzz_texts tests/fuzz/corpus/texts`); tests/unit/reminders/test_fuzz_texts.c runs the corpus as
 * an ordinary test.
 */
#include "reminders/rules/understand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Unlike assert, also in a release build. */
#define REQUIRE(condition)                                                       \
	do {                                                                     \
		if (!(condition)) {                                              \
			fprintf(stderr, "fuzz_texts: not so: %s\n", #condition); \
			abort();                                                 \
		}                                                                \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_sense(const char *text, const struct understand_facts *facts)
{
	const struct keyword_context context = {.opted_out = facts->opted_out};
	struct keyword_result words = keyword_parse(text, &context);
	struct understanding result = understand(text, facts);
	REQUIRE(words.kind != KEYWORD_RED_FLAG || result.alert);
	REQUIRE(!result.opts_out || !result.opts_in);
	REQUIRE(!words.soreness.has || (words.soreness.value >= 0 && words.soreness.value <= 10));
	REQUIRE(result.question == UNDERSTAND_NONE || result.question < facts->question_count);
	REQUIRE(result.visit == UNDERSTAND_NONE || result.visit < facts->question_count);
	REQUIRE(result.sender == UNDERSTAND_NONE || result.sender < facts->sender_count);
	REQUIRE((result.wish == UNDERSTAND_NO_WISH) || result.visit != UNDERSTAND_NONE);
	/* Nothing is lost. */
	if (strcmp(result.understood_as, "unknown") == 0)
		REQUIRE(result.task);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < 1)
		return 0;
	const struct understand_sender senders[] = {{"ana", true}, {"ben", false}};
	const struct understand_question questions[] = {
		{"ana", (enum message_purpose)(bytes[0] % MESSAGE_PURPOSES), .appointment_id = "v"},
		{"ben", MESSAGE_REMINDER_48H, .appointment_id = "w"},
		{"ana", MESSAGE_CHECK_IN}};
	const struct understand_facts facts = {.senders = senders,
					       .sender_count = bytes[0] % 3,
					       .questions = questions,
					       .question_count = bytes[0] % 3 ? bytes[0] % 4 : 0,
					       .opted_out = bytes[0] & 0x40};
	char *text = malloc(length);
	memcpy(text, bytes + 1, length - 1);
	text[length - 1] = '\0';
	require_sense(text, &facts);
	free(text);
	return 0;
}
