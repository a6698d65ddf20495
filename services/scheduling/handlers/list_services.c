#include "scheduling/handlers/check.h"
#include "scheduling/store/catalogue.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__Service *service_message(struct arena *arena, const struct service_row *row)
{
	Soleus__V1__Service *message = ARENA_NEW(arena, Soleus__V1__Service);
	Soleus__V1__PutServiceRequest *put = ARENA_NEW(arena, Soleus__V1__PutServiceRequest);
	soleus__v1__service__init(message);
	soleus__v1__put_service_request__init(put);
	message->service_id = (char *)row->service_id;
	message->service = put;
	put->name = (char *)row->name;
	put->duration_minutes = (int32_t)row->duration_minutes;
	put->buffer_before_minutes = (int32_t)row->buffer_before_minutes;
	put->buffer_after_minutes = (int32_t)row->buffer_after_minutes;
	put->skill = (char *)row->skill;
	put->room_kind = (char *)row->room_kind;
	put->equipment = (char **)row->equipment;
	put->n_equipment = row->equipment_count;
	put->modalities = (char **)row->modalities;
	put->n_modalities = row->modality_count;
	put->cancel_cutoff_minutes = (int32_t)row->cancel_cutoff_minutes;
	put->hold_minutes = (int32_t)row->hold_minutes;
	return message;
}

RPC(Scheduling, scheduling, ListServices, list_services)
{
	struct check check = check_begin(call);
	(void)request;
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	size_t index = catalogue_list(unit, call->organisation_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	reply->services = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__Service *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct service_row service = catalogue_service(call->arena, rows, row);
		reply->services[reply->n_services++] = service_message(call->arena, &service);
	}
	return status;
}
