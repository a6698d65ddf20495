#include "ctl/import.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>

struct holidays {
	struct arena *arena; /* outlives the session */
	const char *path;
	const char *name;
	const char *text;
	char *const *clinic_ids;
	size_t count;
};

static void print_reply(const struct holidays *holidays,
			const Soleus__V1__ImportHolidaysReply *reply)
{
	import_print_skipped(holidays->path, reply->skipped, reply->n_skipped);
	for (size_t i = 0; i < reply->n_affected; i++) {
		char starts[TEXT_INSTANT_BYTES];
		text_from_instant(reply->affected[i]->starts_at, starts);
		printf("booked on a holiday: appointment %s at %s\n",
		       reply->affected[i]->appointment_id, starts);
	}
	printf("%s: holidays of clinics: %d added, %d changed, %d unchanged, %d removed, %zu not "
	       "taken; %zu visits are booked on them\n",
	       holidays->path, reply->added, reply->changed, reply->unchanged, reply->removed,
	       reply->n_skipped, reply->n_affected);
}

static FIBER int import(struct session *session, void *argument)
{
	const struct holidays *holidays = argument;
	struct method method;
	ProtobufCMessage *message = NULL;
	struct session_call call = {.patience_us = 10 * CLOCK_SECOND_US};
	Soleus__V1__ImportHolidaysRequest request = SOLEUS__V1__IMPORT_HOLIDAYS_REQUEST__INIT;
	request.source = (char *)holidays->name;
	request.ics = (char *)holidays->text;
	request.clinic_ids = (char **)holidays->clinic_ids;
	request.n_clinic_ids = holidays->count;
	struct status status = method_find(session->arena, "Scheduling.ImportHolidays", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return session_complain("import", status);
	print_reply(holidays, (const Soleus__V1__ImportHolidaysReply *)message);
	return 0;
}

int import_holidays(const struct session_options *options, const char *path,
		    char *const *clinic_ids, size_t count)
{
	struct holidays holidays = {.path = path, .clinic_ids = clinic_ids, .count = count};
	holidays.arena = arena_new((size_t)256 << 20);
	struct status status =
		import_read_calendar(holidays.arena, path, &holidays.name, &holidays.text);
	int code = status_is_ok(status) ? session_run(options, import, &holidays)
					: session_complain("import", status);
	arena_free(holidays.arena);
	return code;
}
