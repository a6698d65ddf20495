#include "events/check.h"
#include "notes/handlers/plan_message.h"
#include "notes/handlers/service.h"
#include "notes/rules/plan.h"

/* For each area the plan in force, ours where there is no other. */
static void fill_in_force(struct arena *arena, const struct plan_templates *own,
			  Soleus__V1__ListPlanTemplatesReply *reply)
{
	reply->templates =
		ARENA_ARRAY(arena, plan_count * PLAN_AREAS_MOST, Soleus__V1__PlanTemplate *);
	for (size_t i = 0; i < plan_count; i++)
		for (const char *const *area = plans[i].areas; *area; area++) {
			Soleus__V1__PlanTemplate *found =
				ARENA_NEW(arena, Soleus__V1__PlanTemplate);
			*found = *plan_template_for(arena, *area, own);
			found->area = (char *)*area; /* the general one may stand in */
			reply->templates[reply->n_templates++] = found;
		}
}

RPC(Notes, notes, ListPlanTemplates, list_plan_templates)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	check_that(&check, !*request->area || plan_area_is_known(request->area), "area",
		   "an area's code, such as calf, or general, or nothing for what is in force");
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t known = plan_template_look(unit, call->organisation_id, request->clinic_id,
					  PLAN_AREA_GENERAL);
	size_t rows = *request->area ? plan_template_versions(unit, call->organisation_id,
							      request->clinic_id, request->area)
				     : plan_templates_in_force(unit, call->organisation_id,
							       request->clinic_id, NULL, NULL);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!plan_template_looked(unit, known).clinic_known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	struct plan_templates read;
	status = plan_templates_read(call->arena, db_unit_result(unit, rows), &read);
	if (!status_is_ok(status))
		return status;
	if (*request->area) {
		reply->templates = read.rows;
		reply->n_templates = read.count;
	} else {
		fill_in_force(call->arena, &read, reply);
	}
	return status_ok();
}
