/* BookSeries, AddAbsence, RemoveAbsence, FindAvailability. */
#include "player.h"

#include "base/clock.h"

#include <string.h>

#define SERIES_MOST 4
#define AWAY_MOST   4
#define SLOTS_MOST  100

/* ---- Series ---- */

struct course {
	struct model_wish wishes[SERIES_MOST];
	struct model_answer judged[SERIES_MOST];
	enum status_code code;
	unsigned count;
};

/* Each on a later day, so that only those of the same time stand in each other's way. */
static struct course any_course(struct yard *yard)
{
	struct course course = {.count = 2 + roll(yard, SERIES_MOST - 1)};
	struct model_wish wish = any_wish(yard);
	int64_t first = wish.starts_at;
	bool twice = roll(yard, 8) == 0;
	for (unsigned i = 0; i < course.count; i++) {
		unsigned athlete = wish.athlete;
		course.wishes[i] = wish;
		wish = any_wish(yard);
		wish.athlete = athlete;
		wish.starts_at = first + (i + 1) * CLOCK_DAY_US +
				 (int64_t)roll(yard, 4) * 15 * CLOCK_MINUTE_US;
	}
	if (twice) {
		course.wishes[1] = course.wishes[0];
		course.wishes[1].override = true;
	}
	return course;
}

/* Taken goes before refused. */
static void judge_course(const struct yard *yard, struct course *course)
{
	course->code = STATUS_OK;
	for (unsigned i = 0; i < course->count; i++) {
		struct model_answer *judged = &course->judged[i];
		const struct model_wish *wish = &course->wishes[i];
		*judged = model_judge(&yard->model, wish);
		if (i == 1 && wish->starts_at == course->wishes[0].starts_at &&
		    judged->code == STATUS_OK)
			judged->code = STATUS_ALREADY_EXISTS;
		if (judged->code == STATUS_ALREADY_EXISTS || course->code == STATUS_OK)
			course->code = judged->code;
	}
}

static void check_series(struct yard *yard, const struct course *course,
			 const Soleus__V1__BookSeriesReply *reply)
{
	for (unsigned i = 0; i < course->count && !yard->at_fault; i++) {
		const Soleus__V1__SeriesVisit *visit = reply->visits[i];
		if (course->code == STATUS_OK) {
			if (is_in(yard, "BookSeries", visit->room_id, course->judged[i].rooms))
				model_add(&yard->model, visit->appointment_id, &course->wishes[i],
					  room_of(yard, visit->room_id), 0);
		} else if (!*visit->fault != (course->judged[i].code == STATUS_OK)) {
			yard_complain(yard, "visits[%u]: %s, the model says %s", i, visit->fault,
				      status_code_name(course->judged[i].code));
		}
	}
}

FIBER void yard_series(struct yard *yard, struct arena *arena)
{
	struct course course = any_course(yard);
	Soleus__V1__BookRequest visits[SERIES_MOST], *list[SERIES_MOST];
	Soleus__V1__BookSeriesRequest request = SOLEUS__V1__BOOK_SERIES_REQUEST__INIT;
	Soleus__V1__BookSeriesReply *reply;
	judge_course(yard, &course);
	for (unsigned i = 0; i < course.count; i++) {
		visits[i] = yard_request(yard, &course.wishes[i]);
		list[i] = &visits[i];
	}
	request.visits = list;
	request.n_visits = course.count;
	struct status status =
		desk_ask(&yard->play->desk, "Scheduling.BookSeries", arena, &request.base, &reply);
	yard->done++;
	if (!is_as_judged(yard, "BookSeries", status, course.code, "none was booked"))
		return;
	if (!reply || reply->n_visits != course.count)
		yard_complain(yard, "BookSeries: %zu visits", reply ? reply->n_visits : 0);
	else
		check_series(yard, &course, reply);
}

/* ---- Time off, closures, rooms that cannot be used ---- */

static unsigned away_now(const struct model *model)
{
	unsigned count = 0;
	for (unsigned i = 0; i < model->absence_count; i++)
		count += !model->absences[i].removed && model->absences[i].ends_at > model->now;
	return count;
}

static void check_affected(struct yard *yard, const struct model_absence *absence,
			   const Soleus__V1__AddAbsenceReply *reply)
{
	size_t expected = 0;
	for (unsigned i = 0; i < yard->model.visit_count; i++)
		expected += model_is_affected(&yard->model, &yard->model.visits[i], absence);
	for (size_t i = 0; i < reply->n_affected; i++) {
		const struct model_visit *visit =
			model_find(&yard->model, reply->affected[i]->appointment_id);
		if (!visit || !model_is_affected(&yard->model, visit, absence))
			yard_complain(yard, "AddAbsence: %s is not affected",
				      reply->affected[i]->appointment_id);
	}
	if (reply->n_affected != expected)
		yard_complain(yard, "AddAbsence: %zu visits, the model says %zu", reply->n_affected,
			      expected);
}

FIBER void yard_away(struct yard *yard, struct arena *arena)
{
	Soleus__V1__Absence absence = SOLEUS__V1__ABSENCE__INIT;
	Soleus__V1__AddAbsenceRequest request = SOLEUS__V1__ADD_ABSENCE_REQUEST__INIT;
	Soleus__V1__AddAbsenceReply *reply;
	enum model_owner of = (enum model_owner)roll(yard, 3);
	unsigned which = of == OF_CLINIC ? 0 : roll(yard, 2);
	if (away_now(&yard->model) >= AWAY_MOST) {
		yard_return(yard, arena);
		return;
	}
	absence.practitioner_id = of == OF_PRACTITIONER ? yard->practitioners[which] : "";
	absence.clinic_id = of == OF_CLINIC ? yard->clinic : "";
	absence.room_id = of == OF_ROOM ? yard->rooms[which] : "";
	absence.kind = of == OF_PRACTITIONER ? "time_off" : "closure";
	absence.title = "away";
	/* On the grid of slots, which begins anew behind it. */
	absence.starts_at = dice_start(&yard->random, yard->model.now, 15);
	absence.ends_at = absence.starts_at + (1 + roll(yard, 24)) * 15 * CLOCK_MINUTE_US;
	request.absence = &absence;
	struct status status =
		desk_ask(&yard->play->desk, "Scheduling.AddAbsence", arena, &request.base, &reply);
	yard->done++;
	if (is_as_judged(yard, "AddAbsence", status, STATUS_OK, ""))
		check_affected(yard,
			       model_close(&yard->model, reply->absence_id, of, which,
					   absence.starts_at, absence.ends_at),
			       reply);
}

FIBER void yard_return(struct yard *yard, struct arena *arena)
{
	struct model *model = &yard->model;
	Soleus__V1__RemoveAbsenceRequest request = SOLEUS__V1__REMOVE_ABSENCE_REQUEST__INIT;
	void *reply;
	if (model->absence_count == 0)
		return;
	struct model_absence *absence = &model->absences[roll(yard, model->absence_count)];
	for (unsigned i = 0; i < model->absence_count && absence->removed && roll(yard, 8); i++)
		absence = &model->absences[i];
	request.absence_id = absence->id;
	struct status status = desk_ask(&yard->play->desk, "Scheduling.RemoveAbsence", arena,
					&request.base, &reply);
	yard->done++;
	is_as_judged(yard, "RemoveAbsence", status, absence->removed ? STATUS_NOT_FOUND : STATUS_OK,
		     "");
	absence->removed = true;
}

/* ---- Free slots ---- */

/* Of one practitioner on one day: exactly those that the model would book. */
FIBER void yard_find(struct yard *yard, struct arena *arena)
{
	Soleus__V1__FindAvailabilityRequest request = SOLEUS__V1__FIND_AVAILABILITY_REQUEST__INIT;
	Soleus__V1__FindAvailabilityReply *reply;
	struct model_wish wish = any_wish(yard);
	char *clinic = yard->clinic, *practitioner = yard->practitioners[wish.practitioner];
	int64_t day = wish.starts_at / CLOCK_DAY_US * CLOCK_DAY_US;
	request.athlete_id = yard->athletes[wish.athlete];
	request.service_id = yard->play->services[wish.service];
	request.clinic_ids = &clinic;
	request.practitioner_ids = &practitioner;
	request.n_clinic_ids = request.n_practitioner_ids = 1;
	request.from_at = day;
	request.until_at = day + CLOCK_DAY_US;
	request.first_free = true;
	request.limit = SLOTS_MOST;
	struct status status = desk_ask(&yard->play->desk, "Scheduling.FindAvailability", arena,
					&request.base, &reply);
	yard->play->queries++;
	if (!is_as_judged(yard, "FindAvailability", status, STATUS_OK, ""))
		return;
	yard->play->accepted--;
	size_t found = 0;
	wish.room = ANY_ROOM;
	wish.override = false;
	for (int minutes = MODEL_OPENS_MIN; minutes < MODEL_CLOSES_MIN; minutes += 15) {
		wish.starts_at = day + minutes * CLOCK_MINUTE_US;
		bool told =
			found < reply->n_slots && reply->slots[found]->starts_at == wish.starts_at;
		bool is_free = model_judge(&yard->model, &wish).code == STATUS_OK;
		found += told;
		if (told != is_free)
			yard_complain(yard, "FindAvailability: %02d:%02d of day %d is %s",
				      minutes / 60, minutes % 60, (int)(day / CLOCK_DAY_US),
				      told ? "told and taken" : "free and not told");
	}
	if (found != reply->n_slots)
		yard_complain(yard, "FindAvailability: slots beside the grid");
}
