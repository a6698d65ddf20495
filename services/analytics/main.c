/* soleus-analytics: was it worth it. */
#include "analytics/handlers/service.h"
#include "daemon/daemon.h"
#include "events/alias.h"

#include "analytics_access_text.h"
#include "analytics_schema.h"
#include "analytics_sql.h"
#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

static const struct event_handler from_directory[] = {
	{&soleus__v1__athlete_registered__descriptor, on_athlete_registered},
	ALIAS_HANDLERS,
	{&soleus__v1__clinic_created__descriptor, on_clinic_created},
	{NULL, NULL},
};

static const struct event_handler from_scheduling[] = {
	{&soleus__v1__appointment_completed__descriptor, on_appointment_completed},
	{&soleus__v1__appointment_no_show__descriptor, on_appointment_no_show},
	{&soleus__v1__appointment_cancelled__descriptor, on_appointment_cancelled},
	{NULL, NULL},
};

static const struct event_handler from_notes[] = {
	{&soleus__v1__note_signed__descriptor, on_note_signed},
	{NULL, NULL},
};

static const struct event_handler from_reminders[] = {
	{&soleus__v1__check_in_answered__descriptor, on_check_in_answered},
	{NULL, NULL},
};

static const struct daemon_consumer consumers[] = {
	{"directory", from_directory},
	{"scheduling", from_scheduling},
	{"notes", from_notes},
	{"reminders", from_reminders},
	{NULL, NULL},
};

int main(int argc, char **argv)
{
	Soleus__V1__Analytics_Service service = SOLEUS__V1__ANALYTICS__INIT(analytics__);
	const struct daemon_spec spec = {
		.name = "analytics",
		.service = &service.base,
		.access = analytics_access,
		.statements = analytics_statements,
		.migrations = analytics_migrations,
		.consumers = consumers,
	};
	return daemon_main(argc, argv, &spec);
}
