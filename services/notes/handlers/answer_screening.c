#include "events/check.h"
#include "notes/handlers/caution_message.h"
#include "notes/handlers/screening.h"
#include "notes/handlers/screening_link.h"
#include "notes/handlers/service.h"
#include "notes/rules/questionnaire.h"

#include "base/clock.h"

#include <string.h>
#include <strings.h>

/* The same words for what was never a link, was changed, has ended, is another organisation's, or
 * of a visit that is gone: they tell nothing. */
static struct status no_such_link(void)
{
	return status_error(STATUS_NOT_FOUND,
			    "this link is not valid, or has ended: ask the clinic for a new one");
}

static bool is_bound_elsewhere(const struct call *call, const struct screening_link *link)
{
	const char *bound = call->principal->organisation_id;
	return *bound && strcasecmp(bound, link->organisation_id) != 0;
}

static struct caution_answers check_answers(struct check *check,
					    const Soleus__V1__AnswerScreeningRequest *request)
{
	struct caution_answers answers = {0};
	check_that(check, request->n_answers <= CAUTION_ITEMS, "answers", "each item once");
	for (size_t i = 0; i < request->n_answers && i < CAUTION_ITEMS; i++) {
		const Soleus__V1__ScreeningAnswer *given = request->answers[i];
		bool yes = strcmp(given->answer, "yes") == 0;
		if (!questionnaire_answer(&answers, given->item, yes))
			faults_addf(&check->faults, check->arena,
				    "an item of the questionnaire, such as ill, once",
				    "answers[%zu].item", i);
		if (!yes && strcmp(given->answer, "no") != 0)
			faults_addf(&check->faults, check->arena, "yes or no",
				    "answers[%zu].answer", i);
	}
	return answers;
}

/* What staff found is not told to who has the link: the athlete's own answers alone are judged
 * here. */
static void fill(struct arena *arena, const struct caution_answers *answers,
		 const char *screening_id, Soleus__V1__AnswerScreeningReply *reply)
{
	struct caution_result own;
	caution_evaluate(answers, &own);
	reply->screening_id = (char *)screening_id;
	reply->outcome = (char *)caution_outcome_name(own.outcome);
	reply->reasons = caution_messages(arena, &own, &reply->n_reasons);
	reply->open_items = (char **)caution_codes(arena, own.unanswered, &reply->n_open_items);
}

RPC(Notes, notes, AnswerScreening, answer_screening)
{
	struct screening_link link;
	if (!screening_link_read(request->token, clock_now_us(), &link) ||
	    is_bound_elsewhere(call, &link))
		return no_such_link();
	call->organisation_id = arena_strdup(call->arena, link.organisation_id);
	if (!call->organisation_id)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	struct check check = check_begin(call);
	enum questionnaire_language language = QUESTIONNAIRE_EN;
	check_that(&check, questionnaire_language_find(request->language, &language), "language",
		   "en or de");
	const struct screening_given given = {
		.athlete_id = link.athlete_id,
		.appointment_id = link.appointment_id,
		.encounter_id = "",
		.answers = check_answers(&check, request),
		.language = questionnaire_language_name(language),
		.recorded_by = "link",
	};
	if (check_failed(&check))
		return check_status(&check);

	struct screening_taken taken;
	struct status status = screening_take(call, &given, &taken);
	if (status.code == STATUS_NOT_FOUND)
		return no_such_link();
	if (!status_is_ok(status))
		return status;
	fill(call->arena, &given.answers, taken.row.screening_id, reply);
	return screening_commit(call, &taken, &reply->base);
}
