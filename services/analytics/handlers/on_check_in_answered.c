#include "analytics/handlers/measures.h"
#include "analytics/handlers/service.h"

#include "soleus/v1/reminders.pb-c.h"

/* Pain and soreness are said of the areas treated at that visit, readiness of the whole athlete. */
static void add_answers(struct measures *measures, const Soleus__V1__CheckInAnswered *told)
{
	const struct {
		const char *instrument;
		const Soleus__V1__Score *score;
	} answers[] = {{"nprs", told->pain}, {"soreness", told->soreness}};
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (!answers[i].score)
			continue;
		for (size_t area = 0; area < told->n_areas; area++)
			measures_add_value(measures, answers[i].instrument, told->areas[area]->area,
					   told->areas[area]->side, "", answers[i].score->value);
		if (told->n_areas == 0)
			measures_add_value(measures, answers[i].instrument, "", "", "",
					   answers[i].score->value);
	}
	if (told->readiness)
		measures_add_value(measures, "readiness", "", "", "", told->readiness->value);
}

FIBER struct status on_check_in_answered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__CheckInAnswered *told = (const void *)message;
	/* A message can be answered again: the instant tells the answers apart. */
	const char *name = arena_printf(event->arena, "%s %lld", told->message_id,
					(long long)told->answered_at);
	struct measures measures = measures_new(event->arena, name, 2 * told->n_areas + 3);
	add_answers(&measures, told);
	const struct measure_origin origin = {
		.athlete_id = told->athlete_id,
		.note_id = "",
		.source = "check_in",
		.taken_at = told->answered_at,
		.told_at = event->envelope->occurred_at,
	};
	measures_add(event->unit, event->envelope->organisation_id, &origin, measures.rows,
		     measures.count);
	return status_ok();
}
