/* Wiring only. */
#include "daemon/daemon.h"
#include "reminders/handlers/delivery_watch.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/handlers/providers.h"
#include "reminders/handlers/rpcs.h"
#include "reminders_access_text.h"
#include "reminders_schema.h"
#include "reminders_sql.h"

static const struct daemon_consumer consumers[] = {
	{"directory", events_from_directory},
	{"scheduling", events_from_scheduling},
	{"notes", events_from_notes},
	{NULL, NULL},
};

static const struct daemon_worker workers[] = {
	{DISPATCHER, dispatcher_run},
	{DELIVERY_WATCH, delivery_watch_run},
	{NULL, NULL},
};

static Soleus__V1__Reminders_Service service = SOLEUS__V1__REMINDERS__INIT(reminders__);

int main(int argc, char **argv)
{
	static const struct daemon_spec spec = {
		.name = "reminders",
		.service = &service.base,
		.access = reminders_access,
		.statements = reminders_statements,
		.migrations = reminders_migrations,
		.consumers = consumers,
		.workers = workers,
		.config = providers_config,
		.start = providers_open,
	};
	return daemon_main(argc, argv, &spec);
}
