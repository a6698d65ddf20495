#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/training.h"

#include "base/clock.h"
#include "loop/offload.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 1000
#define BACK_US   (31 * CLOCK_DAY_US) /* what T2 and the load of four weeks look back to */

/* Words that were asked for, of those that are there, and what comes of both. */
struct vocabulary {
	struct arena *arena;
	struct training_words put;
	const char **removed;
	size_t removed_count;
	struct training_words all;
	struct training_title *titles; /* that are taken for something else from now on */
	size_t title_count;
	int64_t sessions;
	const struct db_result *found; /* titles as they are */
};

/* ---- What is asked for ---- */

static int compare_phrases(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void check_word(struct check *check, struct vocabulary *vocabulary,
		       const Soleus__V1__TrainingWord *word, size_t index)
{
	char phrase[CLASSIFY_PHRASE_BYTES];
	struct classify_word *put = &vocabulary->put.list[vocabulary->put.count];
	if (!classify_phrase(word->phrase, phrase))
		faults_addf(&check->faults, check->arena, "1 to 100 bytes with letters or figures",
			    "words[%zu].phrase", index);
	if (!*word->kind) {
		vocabulary->removed[vocabulary->removed_count++] =
			arena_strdup(check->arena, phrase);
		return;
	}
	if (!session_kind_find(word->kind, &put->kind))
		faults_addf(&check->faults, check->arena,
			    "race, competition, heavy_lift, high_intensity, moderate, low, rest, "
			    "demanding_block or nothing",
			    "words[%zu].kind", index);
	put->phrase = arena_strdup(check->arena, phrase);
	vocabulary->put.count++;
}

static void check_once(struct check *check, const struct vocabulary *vocabulary)
{
	size_t count = 0;
	const char **phrases = ARENA_ARRAY(
		check->arena, vocabulary->put.count + vocabulary->removed_count, const char *);
	for (size_t i = 0; i < vocabulary->put.count; i++)
		phrases[count++] = vocabulary->put.list[i].phrase;
	for (size_t i = 0; i < vocabulary->removed_count; i++)
		phrases[count++] = vocabulary->removed[i];
	qsort(phrases, count, sizeof(*phrases), compare_phrases);
	for (size_t i = 1; i < count; i++)
		check_that(check, strcmp(phrases[i - 1], phrases[i]) != 0, "words",
			   arena_printf(check->arena, "each phrase once (%s)", phrases[i]));
}

static void check_words_asked(struct check *check, struct vocabulary *vocabulary,
			      const Soleus__V1__PutTrainingWordsRequest *request)
{
	check_that(check, request->n_words >= 1 && request->n_words <= WORDS_MAX, "words",
		   "1 to 1000 words");
	if (check_failed(check))
		return;
	vocabulary->put.list = ARENA_ARRAY(check->arena, request->n_words, struct classify_word);
	vocabulary->removed = ARENA_ARRAY(check->arena, request->n_words, const char *);
	for (size_t i = 0; i < request->n_words; i++)
		check_word(check, vocabulary, request->words[i], i);
	if (!check_failed(check))
		check_once(check, vocabulary);
}

/* ---- What comes of it ---- */

static bool is_replaced(const struct vocabulary *vocabulary, const char *phrase)
{
	for (size_t i = 0; i < vocabulary->put.count; i++)
		if (strcmp(vocabulary->put.list[i].phrase, phrase) == 0)
			return true;
	for (size_t i = 0; i < vocabulary->removed_count; i++)
		if (strcmp(vocabulary->removed[i], phrase) == 0)
			return true;
	return false;
}

/* Longer phrases first, as training_word_list.sql has them. */
static int compare_words(const void *one, const void *other)
{
	const char *a = ((const struct classify_word *)one)->phrase;
	const char *b = ((const struct classify_word *)other)->phrase;
	size_t length_a = strlen(a), length_b = strlen(b);
	return length_a != length_b ? (length_a > length_b ? -1 : 1) : strcmp(a, b);
}

static void merge(struct vocabulary *vocabulary, const struct training_words *known)
{
	struct training_words *all = &vocabulary->all;
	for (size_t i = 0; i < known->count; i++)
		if (!is_replaced(vocabulary, known->list[i].phrase))
			all->list[all->count++] = known->list[i];
	for (size_t i = 0; i < vocabulary->put.count; i++)
		all->list[all->count++] = vocabulary->put.list[i];
	qsort(all->list, all->count, sizeof(*all->list), compare_words);
}

/* On a thread: thousands of titles by a thousand words. */
static void classify_titles(void *argument)
{
	struct vocabulary *vocabulary = argument;
	for (size_t row = 0; row < db_result_rows(vocabulary->found); row++) {
		struct training_title title = training_title(vocabulary->found, row);
		const struct classified now = classify_title_with(
			vocabulary->all.list, vocabulary->all.count, title.title);
		if (now.kind == title.kind && now.uncertain == title.uncertain)
			continue;
		title.kind = now.kind;
		title.uncertain = now.uncertain;
		vocabulary->titles[vocabulary->title_count++] = title;
		vocabulary->sessions += title.sessions;
	}
}

static FIBER struct status look(struct call *call, struct vocabulary *vocabulary, int64_t from_us)
{
	struct db_unit *unit = call_unit(call);
	size_t words = training_words(unit, call->organisation_id);
	size_t titles = training_titles(unit, call->organisation_id, from_us);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct training_words known =
		training_words_read(call->arena, db_unit_result(unit, words));
	vocabulary->found = db_unit_result(unit, titles);
	vocabulary->all.list =
		ARENA_ARRAY(call->arena, known.count + vocabulary->put.count, struct classify_word);
	vocabulary->titles =
		ARENA_ARRAY(call->arena, db_result_rows(vocabulary->found), struct training_title);
	if (!known.list || !vocabulary->all.list || !vocabulary->titles)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many titles for one call");
	merge(vocabulary, &known);
	if (vocabulary->all.count > WORDS_MAX)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "an organisation has at most 1000 words of its own");
	offload(classify_titles, vocabulary);
	return status;
}

RPC(Scheduling, scheduling, PutTrainingWords, put_training_words)
{
	struct check check = check_begin(call);
	struct vocabulary vocabulary = {.arena = call->arena};
	int64_t now_us = clock_now_us(), from_us = now_us - BACK_US;
	check_words_asked(&check, &vocabulary, request);
	if (check_failed(&check))
		return check_status(&check);
	struct status status = look(call, &vocabulary, from_us);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	training_put_words(command->unit, call->organisation_id, vocabulary.put.list,
			   vocabulary.put.count, vocabulary.removed, vocabulary.removed_count);
	if (vocabulary.title_count > 0)
		training_reclassify(command->unit, call->organisation_id, from_us,
				    vocabulary.titles, vocabulary.title_count, now_us);
	reply->reclassified = (int32_t)vocabulary.sessions;
	status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		clash_check_wake();
	return status;
}
