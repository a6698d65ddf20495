#include "analytics/handlers/measures.h"
#include "analytics/handlers/service.h"
#include "analytics/store/settling.h"

#include "soleus/v1/analytics.pb-c.h"
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

/* T3. The event's own answer is not in the database yet; told again, it is there twice and the
 * same.
 */
static FIBER struct status learn(struct event *event, const Soleus__V1__CheckInAnswered *told)
{
	struct settling_facts facts;
	struct status status =
		settling_load(event->db, event->arena, event->envelope->organisation_id,
			      told->athlete_id, told->answered_at, &facts);
	if (!status_is_ok(status))
		return status;
	facts.answers[facts.answer_count++] = (struct settling_answer){
		.answered_at = told->answered_at,
		.soreness = told->soreness->value,
		.readiness = told->readiness ? told->readiness->value : -1,
	};
	const struct settling settling =
		settling_of(facts.treated_at, facts.visit_count, facts.answers, facts.answer_count);
	if (settling.check_ins == 0)
		return status;
	Soleus__V1__SettlingTimeLearned learned = SOLEUS__V1__SETTLING_TIME_LEARNED__INIT;
	learned.athlete_id = told->athlete_id;
	learned.settling_hours = settling.hours;
	learned.check_ins = settling.check_ins;
	learned.learned_at = told->answered_at;
	event_emit(event, told->athlete_id, event->envelope->clinic_id, &learned.base);
	return status;
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
	return told->soreness ? learn(event, told) : status_ok();
}
