/* Wiring only. */
#include "daemon/daemon.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"
#include "reminders_access_text.h"
#include "reminders_schema.h"
#include "reminders_sql.h"

static const char *outbox_folder;
static const char *public_url;

static const struct config_entry config[] = {
	{.name = "SOLEUS_OUTBOX_DIR",
	 .kind = CONFIG_TEXT,
	 .fallback = "./var/messages",
	 .help = "folder of the file channel: one file for each message",
	 .value = &outbox_folder},
	{.name = "SOLEUS_PUBLIC_URL",
	 .kind = CONFIG_TEXT,
	 .fallback = "",
	 .help = "how the world reaches the gateway: https://HOST, without a / at the end",
	 .value = &public_url},
	{.name = NULL},
};

static const struct daemon_consumer consumers[] = {
	{"directory", events_from_directory},
	{"scheduling", events_from_scheduling},
	{"notes", events_from_notes},
	{NULL, NULL},
};

static const struct daemon_worker workers[] = {
	{DISPATCHER, dispatcher_run},
	{NULL, NULL},
};

static Soleus__V1__Reminders_Service service = SOLEUS__V1__REMINDERS__INIT(reminders__);

static struct status start(struct daemon *daemon)
{
	struct channel *channel;
	struct status status = file_channel_open(daemon_loop(daemon), outbox_folder,
						 daemon_arena(daemon), &channel);
	if (status_is_ok(status))
		dispatcher_use(channel);
	links_open(daemon, public_url);
	return status;
}

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
		.config = config,
		.start = start,
	};
	return daemon_main(argc, argv, &spec);
}
