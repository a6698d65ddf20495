/* Plans (P1 to P3) as messages, in the arena: those that come with the programs, and those in force
 * at a clinic, which count before them.
 *
 *     size_t own = plan_templates_in_force(unit, tenant, clinic_id, NULL, NULL);
 *     …db_run…
 *     status = plan_templates_read(arena, db_unit_result(unit, own), &templates);
 *     note->plan = plan_messages(arena, areas, area_count, &templates, &note->n_plan);
 */
#ifndef SOLEUS_NOTES_HANDLERS_PLAN_MESSAGE_H
#define SOLEUS_NOTES_HANDLERS_PLAN_MESSAGE_H

#include "notes/store/template.h"

#include "soleus/v1/notes.pb-c.h"

/* Zero: none of the clinic's own. */
struct plan_templates {
	Soleus__V1__PlanTemplate **rows;
	size_t count;
};

/* DATA_LOSS for one that cannot be read. */
struct status plan_templates_read(struct arena *arena, const struct db_result *rows,
				  struct plan_templates *ret_templates);

/* The plan for an area: its own, else, where ours is the general one, the clinic's general one,
 * else ours. */
Soleus__V1__PlanTemplate *plan_template_for(struct arena *arena, const char *area,
					    const struct plan_templates *templates);

/* P1 for the areas: the steps of each area in P1's order; what two areas share is said once. The
 * general plan when there are none. */
Soleus__V1__PlanStep **plan_messages(struct arena *arena, const char *const *areas, size_t count,
				     const struct plan_templates *templates, size_t *ret_count);

#endif
