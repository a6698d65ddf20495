#include "notes/handlers/plan_message.h"

#include "bus/bus.h"
#include "notes/rules/plan.h"

#include <string.h>

struct status plan_templates_read(struct arena *arena, const struct db_result *rows,
				  struct plan_templates *ret_templates)
{
	struct plan_templates templates = {.count = db_result_rows(rows)};
	templates.rows = ARENA_ARRAY(arena, templates.count, Soleus__V1__PlanTemplate *);
	for (size_t i = 0; i < templates.count; i++) {
		const struct plan_template_row row = plan_template_row(rows, i, arena);
		ProtobufCMessage *message;
		struct status status = message_decode(&soleus__v1__plan_template__descriptor, arena,
						      row.steps, row.length, &message);
		if (!status_is_ok(status))
			return status_error(STATUS_DATA_LOSS, "the stored plan cannot be read");
		Soleus__V1__PlanTemplate *template = (Soleus__V1__PlanTemplate *)message;
		template->area = (char *)row.area;
		template->template_id = (char *)row.template_id;
		template->clinic_id = (char *)row.clinic_id;
		template->version = row.version;
		template->put_at = row.put_at;
		template->put_by = (char *)row.put_by;
		for (size_t step = 0; step < template->n_steps; step++)
			template->steps[step]->template_id = template->template_id;
		templates.rows[i] = template;
	}
	*ret_templates = templates;
	return status_ok();
}

static Soleus__V1__PlanTemplate *find(const struct plan_templates *templates, const char *area)
{
	for (size_t i = 0; i < templates->count; i++)
		if (strcmp(templates->rows[i]->area, area) == 0)
			return templates->rows[i];
	return NULL;
}

/* What came with the programs. */
static Soleus__V1__PlanTemplate *of_ours(struct arena *arena, const char *area,
					 const struct plan *plan)
{
	Soleus__V1__PlanTemplate *template = ARENA_NEW(arena, Soleus__V1__PlanTemplate);
	soleus__v1__plan_template__init(template);
	template->area = (char *)area;
	template->steps = ARENA_ARRAY(arena, PLAN_STEPS, Soleus__V1__PlanStep *);
	for (int kind = 0; kind < PLAN_STEPS; kind++) {
		const struct plan_step *step = &plan->steps[kind];
		Soleus__V1__PlanStep *message = ARENA_NEW(arena, Soleus__V1__PlanStep);
		soleus__v1__plan_step__init(message);
		message->kind = (char *)plan_kind_code(step->kind);
		message->day = step->first_day;
		message->last_day = step->last_day;
		message->dose = (char *)step->dose;
		message->text = (char *)step->text;
		template->steps[template->n_steps++] = message;
	}
	return template;
}

Soleus__V1__PlanTemplate *plan_template_for(struct arena *arena, const char *area,
					    const struct plan_templates *templates)
{
	const struct plan *ours = plan_for_area(area);
	Soleus__V1__PlanTemplate *own = find(templates, area);
	if (!own && ours == plan_for_area(PLAN_AREA_GENERAL))
		own = find(templates, PLAN_AREA_GENERAL);
	return own ? own : of_ours(arena, area, ours);
}

static bool is_said(Soleus__V1__PlanStep *const *said, size_t count,
		    const Soleus__V1__PlanStep *step)
{
	for (size_t i = 0; i < count; i++)
		if (said[i]->day == step->day && said[i]->last_day == step->last_day &&
		    strcmp(said[i]->text, step->text) == 0 &&
		    strcmp(said[i]->dose, step->dose) == 0)
			return true;
	return false;
}

Soleus__V1__PlanStep **plan_messages(struct arena *arena, const char *const *areas, size_t count,
				     const struct plan_templates *templates, size_t *ret_count)
{
	size_t used_count = count > 0 ? count : 1, most = 0, said = 0;
	Soleus__V1__PlanTemplate **used =
		ARENA_ARRAY(arena, used_count, Soleus__V1__PlanTemplate *);
	for (size_t i = 0; i < used_count; i++) {
		used[i] = plan_template_for(arena, count > 0 ? areas[i] : PLAN_AREA_GENERAL,
					    templates);
		most += used[i]->n_steps;
	}
	Soleus__V1__PlanStep **steps = ARENA_ARRAY(arena, most, Soleus__V1__PlanStep *);
	for (int kind = 0; kind < PLAN_STEPS; kind++)
		for (size_t i = 0; i < used_count; i++)
			for (size_t at = 0; at < used[i]->n_steps; at++) {
				Soleus__V1__PlanStep *step = used[i]->steps[at];
				if ((int)plan_kind_find(step->kind) == kind &&
				    !is_said(steps, said, step))
					steps[said++] = step;
			}
	*ret_count = said;
	return steps;
}
