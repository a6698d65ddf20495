#include "notes/handlers/note_message.h"

#include "notes/rules/plan.h"

#include <string.h>

static Soleus__V1__TreatedArea *area_message(struct arena *arena, const char *area,
					     const char *side)
{
	Soleus__V1__TreatedArea *message = ARENA_NEW(arena, Soleus__V1__TreatedArea);
	soleus__v1__treated_area__init(message);
	message->area = (char *)area;
	message->side = (char *)side;
	return message;
}

Soleus__V1__TreatedArea **area_messages(struct arena *arena, const struct note_area *areas,
					size_t count)
{
	Soleus__V1__TreatedArea **messages = ARENA_ARRAY(arena, count, Soleus__V1__TreatedArea *);
	for (size_t i = 0; i < count; i++)
		messages[i] = area_message(arena, areas[i].area, note_side_name(areas[i].side));
	return messages;
}

static size_t words_in(const char *text)
{
	size_t words = 0;
	for (; *text; text += strcspn(text, " "), text += *text == ' ')
		words++;
	return words;
}

Soleus__V1__NoteSummary *note_summary_message(struct arena *arena,
					      const struct note_summary_row *row)
{
	Soleus__V1__NoteSummary *message = ARENA_NEW(arena, Soleus__V1__NoteSummary);
	soleus__v1__note_summary__init(message);
	message->note_id = (char *)row->note_id;
	message->encounter_id = (char *)row->encounter_id;
	message->signed_at = row->signed_at;
	message->complaint = (char *)row->complaint;
	message->version = row->version;
	message->awaits_cosignature = row->awaits_cosignature;
	message->areas = ARENA_ARRAY(arena, words_in(row->areas), Soleus__V1__TreatedArea *);
	char *rest = arena_strdup(arena, row->areas);
	for (char *side; (side = strsep(&rest, " "));) {
		char *area = strsep(&side, ":");
		if (side)
			message->areas[message->n_areas++] = area_message(arena, area, side);
	}
	return message;
}

static bool is_said(Soleus__V1__PlanStep *const *steps, size_t count, const struct plan_step *step)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i]->text, step->text) == 0)
			return true;
	return false;
}

Soleus__V1__PlanStep **plan_messages(struct arena *arena, const struct note_area *areas,
				     size_t count, size_t *ret_count)
{
	size_t plans = count > 0 ? count : 1;
	Soleus__V1__PlanStep **steps =
		ARENA_ARRAY(arena, plans * PLAN_STEPS, Soleus__V1__PlanStep *);
	size_t said = 0;
	for (size_t kind = 0; kind < PLAN_STEPS; kind++)
		for (size_t i = 0; i < plans; i++) {
			const char *area = count > 0 ? areas[i].area : NULL;
			const struct plan_step *step = &plan_for_area(area)->steps[kind];
			if (is_said(steps, said, step))
				continue;
			steps[said] = ARENA_NEW(arena, Soleus__V1__PlanStep);
			soleus__v1__plan_step__init(steps[said]);
			steps[said]->kind = (char *)step->code;
			steps[said]->day = step->first_day;
			steps[said]->last_day = step->last_day;
			steps[said]->text = (char *)step->text;
			said++;
		}
	*ret_count = said;
	return steps;
}
