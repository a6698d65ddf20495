/* soleus-notes: screening, assessment, treatment, plan, signature. */
#include "daemon/daemon.h"
#include "daemon/public_url.h"
#include "events/alias.h"
#include "notes/handlers/draft_upkeep.h"
#include "notes/handlers/screening_link.h"
#include "notes/handlers/service.h"
#include "notes/handlers/settings.h"
#include "notes/handlers/signing_key.h"

#include "notes_access_text.h"
#include "notes_schema.h"
#include "notes_sql.h"
#include "soleus/v1/analytics.pb-c.h"
#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

static const struct event_handler from_directory[] = {
	{&soleus__v1__athlete_registered__descriptor, on_athlete_registered},
	{&soleus__v1__athlete_updated__descriptor, on_athlete_updated},
	{&soleus__v1__athlete_erased__descriptor, on_athlete_erased},
	{&soleus__v1__clinic_created__descriptor, on_clinic_created},
	{&soleus__v1__practitioner_created__descriptor, on_practitioner_created},
	{&soleus__v1__practitioner_updated__descriptor, on_practitioner_updated},
	{&soleus__v1__consent_recorded__descriptor, on_consent_recorded},
	ALIAS_HANDLERS,
	{NULL, NULL},
};

static const struct event_handler from_scheduling[] = {
	{&soleus__v1__appointment_booked__descriptor, on_appointment_booked},
	{&soleus__v1__appointment_checked_in__descriptor, on_appointment_checked_in},
	{&soleus__v1__appointment_rescheduled__descriptor, on_appointment_rescheduled},
	{&soleus__v1__appointment_cancelled__descriptor, on_appointment_cancelled},
	{&soleus__v1__appointment_no_show__descriptor, on_appointment_no_show},
	{NULL, NULL},
};

static const struct event_handler from_analytics[] = {
	{&soleus__v1__upstream_review_raised__descriptor, on_upstream_review_raised},
	{&soleus__v1__upstream_review_answered__descriptor, on_upstream_review_answered},
	{NULL, NULL},
};

static const struct daemon_consumer consumers[] = {
	{"directory", from_directory},
	{"scheduling", from_scheduling},
	{"analytics", from_analytics},
	{NULL, NULL},
};

static const struct daemon_worker workers[] = {
	{DRAFT_UPKEEP, draft_upkeep_run},
	{NULL, NULL},
};

static struct status start(struct daemon *daemon)
{
	screening_link_open(daemon);
	signing_key_open(daemon);
	return public_url_check(settings.public_url);
}

int main(int argc, char **argv)
{
	Soleus__V1__Notes_Service service = SOLEUS__V1__NOTES__INIT(notes__);
	const struct daemon_spec spec = {
		.name = "notes",
		.service = &service.base,
		.access = notes_access,
		.statements = notes_statements,
		.migrations = notes_migrations,
		.consumers = consumers,
		.workers = workers,
		.config = settings_config,
		.start = start,
	};
	return daemon_main(argc, argv, &spec);
}
