#include "notes/handlers/caution_message.h"

#include <string.h>

Soleus__V1__CautionReason **caution_messages(struct arena *arena,
					     const struct caution_result *result, size_t *ret_count)
{
	Soleus__V1__CautionReason **messages =
		ARENA_ARRAY(arena, result->reason_count, Soleus__V1__CautionReason *);
	for (size_t i = 0; i < result->reason_count; i++) {
		const struct caution_entry *reason = result->reasons[i];
		messages[i] = ARENA_NEW(arena, Soleus__V1__CautionReason);
		soleus__v1__caution_reason__init(messages[i]);
		messages[i]->rule = (char *)reason->rule;
		messages[i]->item = (char *)reason->code;
		messages[i]->text = (char *)reason->reason;
	}
	*ret_count = result->reason_count;
	return messages;
}

struct caution_answers caution_answers_of(struct arena *arena, const char *items)
{
	struct caution_answers answers = {.answered = CAUTION_ALL};
	char *rest = arena_strdup(arena, items);
	for (char *code; (code = strsep(&rest, " "));) {
		enum caution_item item;
		if (caution_find(code, &item))
			answers.yes |= caution_bit(item);
	}
	return answers;
}

const char **caution_codes(struct arena *arena, uint64_t items, size_t *ret_count)
{
	const char **codes = ARENA_ARRAY(arena, CAUTION_ITEMS, const char *);
	size_t count = 0;
	for (int item = 0; item < CAUTION_ITEMS; item++)
		if (items & caution_bit((enum caution_item)item))
			codes[count++] = caution_items[item].code;
	*ret_count = count;
	return codes;
}

Soleus__V1__CautionReason **caution_messages_of(struct arena *arena, const char *items,
						size_t *ret_count)
{
	const struct caution_answers answers = caution_answers_of(arena, items);
	struct caution_result result;
	caution_evaluate(&answers, &result);
	return caution_messages(arena, &result, ret_count);
}
