#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/rules/plan.h"
#include "notes/store/template.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

static void check_steps(struct check *check, const Soleus__V1__PutPlanTemplateRequest *request)
{
	struct plan_step *steps = ARENA_ARRAY(check->arena, request->n_steps, struct plan_step);
	for (size_t i = 0; i < request->n_steps; i++) {
		const Soleus__V1__PlanStep *step = request->steps[i];
		steps[i] = (struct plan_step){
			.kind = plan_kind_find(step->kind),
			.first_day = step->day,
			.last_day = step->last_day ? step->last_day : step->day,
			.dose = step->dose,
			.text = step->text,
		};
		if (*step->template_id)
			faults_addf(&check->faults, check->arena,
				    "nothing: the version that is being made is named for it",
				    "steps[%zu].template_id", i);
	}
	if (request->n_steps > 0)
		plan_check(steps, request->n_steps, &check->faults, check->arena);
}

static FIBER struct status look(struct call *call,
				const Soleus__V1__PutPlanTemplateRequest *request,
				struct plan_template_look *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	size_t seen =
		plan_template_look(unit, call->organisation_id, request->clinic_id, request->area);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	*ret_seen = plan_template_looked(unit, seen);
	if (!ret_seen->clinic_known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	return status;
}

RPC(Notes, notes, PutPlanTemplate, put_plan_template)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	check_that(&check, plan_area_is_known(request->area), "area",
		   "an area's code, such as calf, or general");
	check_steps(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	struct plan_template_look seen;
	struct status status = look(call, request, &seen);
	if (!status_is_ok(status))
		return status;
	Soleus__V1__PlanTemplate kept = SOLEUS__V1__PLAN_TEMPLATE__INIT;
	kept.steps = request->steps;
	kept.n_steps = request->n_steps;
	struct plan_template_row row = {
		.template_id = text_uuid7_new(call->arena),
		.clinic_id = request->clinic_id,
		.area = request->area,
		.version = seen.version + 1,
		.put_at = clock_now_us(),
		.put_by = call->principal->name,
	};
	row.steps = message_encode(&kept.base, call->arena, &row.length);
	reply->template_id = (char *)row.template_id;
	reply->version = row.version;
	struct command *command = command_begin(call);
	plan_template_add(command->unit, call->organisation_id, &row);
	leave_trail_of_words(call, command->unit, request->clinic_id, request->area);
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) &&
	    strcmp(db_unit_constraint(command->unit), "plan_template_version") == 0)
		return status_error(STATUS_ABORTED,
				    "another edited this plan meanwhile; read it, then try again");
	return status;
}
