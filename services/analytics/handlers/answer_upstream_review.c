#include "analytics/handlers/review_message.h"
#include "analytics/handlers/service.h"
#include "events/audit.h"
#include "events/check.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define ANSWER_BYTES_MAX 4000
#define IS_ANSWERED      "SL002" /* raised by review_answer.sql */

static const struct status is_answered_already = {
	STATUS_FAILED_PRECONDITION,
	"this review is answered",
	NULL,
};

static bool is_driver(const char *driver)
{
	static const char *const drivers[] = {"load", "strength", "mechanics", "recovery", "other"};
	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		if (strcmp(drivers[i], driver) == 0)
			return true;
	return false;
}

static FIBER struct status look(struct call *call, const char *review_id,
				const struct db_result **ret_found)
{
	struct db_unit *unit = call_unit(call);
	size_t found = review_look(unit, call->organisation_id, review_id);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status))
		*ret_found = db_unit_result(unit, found);
	return status;
}

static void tell(struct command *command, const struct review_row *review, const char *driver)
{
	Soleus__V1__UpstreamReviewAnswered event = SOLEUS__V1__UPSTREAM_REVIEW_ANSWERED__INIT;
	event.review = review_message(command->call->arena, review);
	event.driver = (char *)driver;
	command_event_at(command, review->review_id, review->clinic_id, &event.base);
}

RPC(Analytics, analytics, AnswerUpstreamReview, answer_upstream_review)
{
	struct check check = check_begin(call);
	check_id(&check, "review_id", request->review_id);
	check_that(&check,
		   !text_is_blank(request->answer) && strlen(request->answer) <= ANSWER_BYTES_MAX,
		   "answer", "what was found upstream, 1 to 4,000 bytes");
	check_that(&check, is_driver(request->driver), "driver",
		   "load, strength, mechanics, recovery or other");
	if (check_failed(&check))
		return check_status(&check);

	const struct db_result *found;
	struct status status = look(call, request->review_id, &found);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(found) == 0)
		return status_error(STATUS_NOT_FOUND, "no such review");
	struct review_row review = review_row(found, 0);
	if (review.answered_at)
		return is_answered_already;

	review.answer = request->answer;
	review.answered_at = clock_now_us();
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, review.athlete_id, review.review_id);
	review_answer(command->unit, call->organisation_id, &review, request->driver,
		      call->principal->name);
	tell(command, &review, request->driver);
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && strcmp(db_unit_sqlstate(command->unit), IS_ANSWERED) == 0)
		return is_answered_already;
	return status;
}
