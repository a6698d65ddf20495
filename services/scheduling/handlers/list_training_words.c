#include "scheduling/handlers/check.h"
#include "scheduling/store/training.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__TrainingWord **word_messages(struct arena *arena,
						const struct classify_word *words, size_t count)
{
	Soleus__V1__TrainingWord **list = ARENA_ARRAY(arena, count, Soleus__V1__TrainingWord *);
	for (size_t i = 0; i < count; i++) {
		list[i] = ARENA_NEW(arena, Soleus__V1__TrainingWord);
		soleus__v1__training_word__init(list[i]);
		list[i]->phrase = (char *)words[i].phrase;
		list[i]->kind = (char *)session_kind_name(words[i].kind);
	}
	return list;
}

RPC(Scheduling, scheduling, ListTrainingWords, list_training_words)
{
	struct check check = check_begin(call);
	(void)request;
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t index = training_words(unit, call->organisation_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct training_words words =
		training_words_read(call->arena, db_unit_result(unit, index));
	const struct classify_word *ours = classify_built_in(&reply->n_built_in);
	reply->words = word_messages(call->arena, words.list, words.count);
	reply->n_words = words.count;
	reply->built_in = word_messages(call->arena, ours, reply->n_built_in);
	return status;
}
