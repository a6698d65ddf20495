#include "scheduling/handlers/check.h"
#include "scheduling/handlers/working_rule.h"

#include "base/text.h"

static char *day_text(struct arena *arena, int32_t day)
{
	char text[TEXT_INSTANT_BYTES];
	text_from_date(day, text);
	return arena_strdup(arena, text);
}

static char **day_texts(struct arena *arena, const int32_t *days, size_t count, size_t *ret_count)
{
	char **texts = ARENA_ARRAY(arena, count, char *);
	for (size_t i = 0; texts && i < count; i++)
		texts[i] = day_text(arena, days[i]);
	*ret_count = texts ? count : 0;
	return texts;
}

static char *minutes_text(struct arena *arena, int32_t minutes)
{
	return arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static Soleus__V1__WorkingRule *rule_message(struct arena *arena, const struct hours_rule *rule)
{
	Soleus__V1__WorkingRule *message = ARENA_NEW(arena, Soleus__V1__WorkingRule);
	if (!message)
		return NULL;
	soleus__v1__working_rule__init(message);
	message->rule_id = (char *)rule->rule_id;
	message->practitioner_id = (char *)rule->practitioner_id;
	message->clinic_id = (char *)rule->clinic_id;
	message->rrule = (char *)rule->rrule;
	message->first_day = day_text(arena, rule->first_day);
	message->opens = minutes_text(arena, rule->opens);
	message->closes = minutes_text(arena, rule->closes);
	message->excluded =
		day_texts(arena, rule->excluded, rule->excluded_count, &message->n_excluded);
	message->added = day_texts(arena, rule->added, rule->added_count, &message->n_added);
	return message;
}

RPC(Scheduling, scheduling, ListWorkingRules, list_working_rules)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "practitioner_id", request->practitioner_id);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t list = hours_find_rules(unit, call->organisation_id, request->practitioner_id,
				       request->clinic_id, "");
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	size_t count = db_result_rows(rows);
	reply->rules = ARENA_ARRAY(call->arena, count, Soleus__V1__WorkingRule *);
	for (size_t row = 0; reply->rules && row < count; row++) {
		const struct hours_rule rule = hours_rule(call->arena, rows, row);
		reply->rules[reply->n_rules++] = rule_message(call->arena, &rule);
	}
	return status;
}
