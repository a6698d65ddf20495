#include "scheduling/handlers/check.h"
#include "scheduling/store/catalogue.h"

#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <string.h>

#define TRIES        3
#define WORDS_MAX    20
#define CUTOFF_MAX   20160
#define HOLD_MAX     1440
#define HOLD_DEFAULT 10

static bool is_modality(const char *name)
{
	static const char *const names[] = {"needling", "bodywork", "stretching", "coaching"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void check_resources(struct check *check, const Soleus__V1__PutServiceRequest *request)
{
	check_words(check, "skill", request->skill);
	check_words(check, "room_kind", request->room_kind);
	check_that(check, request->n_equipment <= WORDS_MAX, "equipment", "at most 20");
	for (size_t i = 0; i < request->n_equipment && i < WORDS_MAX; i++)
		check_name(check, arena_printf(check->arena, "equipment[%zu]", i),
			   request->equipment[i]);
	check_that(check, request->n_modalities <= WORDS_MAX, "modalities", "at most 20");
	for (size_t i = 0; i < request->n_modalities && i < WORDS_MAX; i++)
		check_that(check, is_modality(request->modalities[i]),
			   arena_printf(check->arena, "modalities[%zu]", i),
			   "needling, bodywork, stretching or coaching");
}

static void check_request(struct check *check, const Soleus__V1__PutServiceRequest *request)
{
	check_name(check, "name", request->name);
	check_that(check, request->duration_minutes >= 5 && request->duration_minutes <= 480,
		   "duration_minutes", "5 to 480");
	check_that(check,
		   request->buffer_before_minutes >= 0 && request->buffer_before_minutes <= 120,
		   "buffer_before_minutes", "0 to 120");
	check_that(check,
		   request->buffer_after_minutes >= 0 && request->buffer_after_minutes <= 120,
		   "buffer_after_minutes", "0 to 120");
	check_that(check,
		   request->cancel_cutoff_minutes >= 0 &&
			   request->cancel_cutoff_minutes <= CUTOFF_MAX,
		   "cancel_cutoff_minutes", "0 to 20160");
	check_that(check, request->hold_minutes >= 0 && request->hold_minutes <= HOLD_MAX,
		   "hold_minutes", "1 to 1440, or 0 for 10");
	check_resources(check, request);
}

static FIBER struct status find_id(struct call *call, const char *name, const char **ret_id)
{
	struct db_unit *unit = call_unit(call);
	size_t named = catalogue_find_named(unit, call->organisation_id, name);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const char *id = catalogue_named(unit, named);
	*ret_id = id ? id : text_uuid7_new(call->arena);
	return status;
}

RPC(Scheduling, scheduling, PutService, put_service)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	struct service_row service = {
		.name = request->name,
		.duration_minutes = request->duration_minutes,
		.buffer_before_minutes = request->buffer_before_minutes,
		.buffer_after_minutes = request->buffer_after_minutes,
		.skill = request->skill,
		.room_kind = request->room_kind,
		.equipment = (const char *const *)request->equipment,
		.equipment_count = request->n_equipment,
		.modalities = (const char *const *)request->modalities,
		.modality_count = request->n_modalities,
		.cancel_cutoff_minutes = request->cancel_cutoff_minutes,
		.hold_minutes = request->hold_minutes ? request->hold_minutes : HOLD_DEFAULT,
	};
	struct status status = status_ok();
	for (unsigned tries = 0; tries < TRIES; tries++) {
		status = find_id(call, request->name, &service.service_id);
		if (!status_is_ok(status))
			return status;
		struct command *command = command_begin(call);
		catalogue_put_service(command->unit, call->organisation_id, &service);
		reply->service_id = (char *)service.service_id;
		status = command_commit(command, &reply->base);
		/* Somebody defined the name meanwhile: that one is redefined. */
		if (strcmp(db_unit_constraint(command->unit), "service_name") != 0)
			return status;
	}
	return status;
}
