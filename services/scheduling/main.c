#include "daemon/daemon.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/consumed.h"
#include "scheduling/handlers/feed_refresh.h"
#include "scheduling/handlers/hold_expiry.h"
#include "scheduling/handlers/open_ahead.h"
#include "scheduling/handlers/service.h"
#include "scheduling/handlers/waitlist.h"

#include "scheduling_access_text.h"
#include "scheduling_schema.h"
#include "scheduling_sql.h"

#include "soleus/v1/analytics.pb-c.h"
#include "soleus/v1/directory.pb-c.h"
#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"

static const struct event_handler from_directory[] = {
	{&soleus__v1__clinic_created__descriptor, on_clinic_created},
	{&soleus__v1__room_created__descriptor, on_room_created},
	{&soleus__v1__room_updated__descriptor, on_room_updated},
	{&soleus__v1__practitioner_created__descriptor, on_practitioner_created},
	{&soleus__v1__practitioner_updated__descriptor, on_practitioner_updated},
	{&soleus__v1__athlete_registered__descriptor, on_athlete_registered},
	{&soleus__v1__athlete_updated__descriptor, on_athlete_updated},
	{&soleus__v1__athlete_erased__descriptor, on_athlete_erased},
	{&soleus__v1__athletes_merged__descriptor, on_athletes_merged},
	{&soleus__v1__athletes_unmerged__descriptor, on_athletes_unmerged},
	{0},
};

static const struct event_handler from_notes[] = {
	{&soleus__v1__screening_recorded__descriptor, on_screening_recorded},
	{&soleus__v1__note_signed__descriptor, on_note_signed},
	{0},
};

static const struct event_handler from_analytics[] = {
	{&soleus__v1__upstream_review_raised__descriptor, on_upstream_review_raised},
	{&soleus__v1__upstream_review_answered__descriptor, on_upstream_review_answered},
	{&soleus__v1__settling_time_learned__descriptor, on_settling_time_learned},
	{0},
};

static const struct event_handler from_reminders[] = {
	{&soleus__v1__offer_answered__descriptor, on_offer_answered},
	{&soleus__v1__visit_confirmed__descriptor, on_visit_confirmed},
	{&soleus__v1__visit_cancel_asked__descriptor, on_visit_cancel_asked},
	{0},
};

static const struct daemon_consumer consumers[] = {
	{"directory", from_directory},
	{"notes", from_notes},
	{"analytics", from_analytics},
	{"reminders", from_reminders},
	{0},
};

static const struct daemon_worker workers[] = {
	{HOLD_EXPIRY, hold_expiry_run},   {OPEN_AHEAD, open_ahead_run},
	{CLASH_CHECK, clash_check_run},   {WAITLIST, waitlist_run},
	{FEED_REFRESH, feed_refresh_run}, {0},
};

int main(int argc, char **argv)
{
	static Soleus__V1__Scheduling_Service service = SOLEUS__V1__SCHEDULING__INIT(scheduling__);
	const struct daemon_spec spec = {
		.name = "scheduling",
		.service = &service.base,
		.access = scheduling_access,
		.statements = scheduling_statements,
		.migrations = scheduling_migrations,
		.consumers = consumers,
		.workers = workers,
		.config = feed_refresh_config,
		.start = feed_refresh_start,
	};
	return daemon_main(argc, argv, &spec);
}
