#include "crowd.h"

#include "crowd_note.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)
#define VISITS_KEPT (sizeof(((struct crowd *)NULL)->visits) / sizeof(identity))
#define AWAY_KEPT   (sizeof(((struct crowd *)NULL)->absences) / sizeof(identity))

struct one {
	struct crowd *crowd;
	struct arena *arena;
	uint64_t *random;
	struct crowd_note note;
};

static unsigned any(struct one *one, unsigned below)
{
	return dice(one->random, below);
}

/* Two days, so that they meet. */
static int64_t any_start(struct one *one)
{
	int64_t day = one->crowd->play->first_now / CLOCK_DAY_US + 8 + any(one, 2);
	return day * CLOCK_DAY_US + (8 * 60 + 5 * any(one, 111)) * CLOCK_MINUTE_US;
}

static FIBER struct status ask(struct one *one, const char *rpc, const ProtobufCMessage *request,
			       void *ret_reply)
{
	struct crowd_note *note = &one->note;
	note->sent_us = clock_monotonic_us();
	struct status status =
		desk_ask(&one->crowd->play->desk, rpc, one->arena, request, ret_reply);
	note->answered_us = clock_monotonic_us();
	note->code = status.code;
	if (status.code == STATUS_ALREADY_EXISTS)
		note->busy = strstr(status.message, "practitioner") ? BUSY_PRACTITIONER
			     : strstr(status.message, "athlete")    ? BUSY_ATHLETE
								    : BUSY_ROOM;
	return status;
}

static void keep(struct one *one)
{
	struct crowd *crowd = one->crowd;
	if (crowd->count % 1024 == 0)
		crowd->notes = realloc(crowd->notes, (crowd->count + 1024) * sizeof(one->note));
	crowd->notes[crowd->count++] = one->note;
	if (one->note.code == STATUS_OK)
		crowd->play->accepted++;
	else
		crowd->play->refused++;
}

static void remember(struct one *one, const char *id)
{
	strcpy(one->note.id, id);
	strcpy(one->crowd->visits[one->crowd->made++ % VISITS_KEPT], id);
}

static void any_visit_of(struct one *one)
{
	unsigned made = one->crowd->made;
	unsigned kept = made < VISITS_KEPT ? made : (unsigned)VISITS_KEPT;
	strcpy(one->note.id, one->crowd->visits[any(one, kept)]);
}

static Soleus__V1__BookRequest any_request(struct one *one)
{
	struct crowd *crowd = one->crowd;
	struct crowd_note *note = &one->note;
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	note->athlete = any(one, CROWD_ATHLETES);
	note->practitioner = any(one, CROWD_PRACTITIONERS);
	note->service = any(one, MODEL_SERVICES - 1);
	note->starts_at = any_start(one);
	request.athlete_id = crowd->athletes[note->athlete];
	request.service_id = crowd->play->services[note->service];
	request.clinic_id = crowd->clinic;
	request.practitioner_id = crowd->practitioners[note->practitioner];
	request.room_id = any(one, 3) ? "" : crowd->rooms[any(one, CROWD_ROOMS)];
	request.starts_at = note->starts_at;
	return request;
}

/* ---- Commands ---- */

static FIBER void book(struct one *one)
{
	const Soleus__V1__BookRequest request = any_request(one);
	Soleus__V1__BookReply *reply;
	one->note.kind = NOTE_MADE;
	if (status_is_ok(ask(one, "Scheduling.Book", &request.base, &reply)))
		remember(one, reply->appointment_id);
	keep(one);
}

static FIBER void hold(struct one *one)
{
	Soleus__V1__BookRequest booking = any_request(one);
	Soleus__V1__HoldRequest request = SOLEUS__V1__HOLD_REQUEST__INIT;
	Soleus__V1__HoldReply *reply;
	one->note.kind = NOTE_MADE;
	request.booking = &booking;
	request.minutes = 1440;
	if (status_is_ok(ask(one, "Scheduling.Hold", &request.base, &reply)))
		remember(one, reply->booking->appointment_id);
	keep(one);
}

/* Two visits, one note each. */
static FIBER void book_series(struct one *one)
{
	Soleus__V1__BookRequest visits[2], *list[2] = {&visits[0], &visits[1]};
	struct crowd_note notes[2];
	Soleus__V1__BookSeriesRequest request = SOLEUS__V1__BOOK_SERIES_REQUEST__INIT;
	Soleus__V1__BookSeriesReply *reply;
	for (unsigned i = 0; i < 2; i++) {
		visits[i] = any_request(one);
		notes[i] = one->note;
	}
	notes[1].athlete = notes[0].athlete;
	visits[1].athlete_id = visits[0].athlete_id;
	request.visits = list;
	request.n_visits = 2;
	struct status status = ask(one, "Scheduling.BookSeries", &request.base, &reply);
	for (unsigned i = 0; i < 2; i++) {
		notes[i].kind = NOTE_MADE;
		notes[i].sent_us = one->note.sent_us;
		notes[i].answered_us = one->note.answered_us;
		notes[i].code = status.code;
		one->note = notes[i];
		if (status_is_ok(status))
			remember(one, reply->visits[i]->appointment_id);
		keep(one);
	}
}

static FIBER void confirm(struct one *one)
{
	Soleus__V1__ConfirmHoldRequest request = SOLEUS__V1__CONFIRM_HOLD_REQUEST__INIT;
	void *reply;
	any_visit_of(one);
	one->note.kind = NOTE_CONFIRMED;
	request.appointment_id = one->note.id;
	ask(one, "Scheduling.ConfirmHold", &request.base, &reply);
	keep(one);
}

static FIBER void release(struct one *one)
{
	Soleus__V1__ReleaseHoldRequest request = SOLEUS__V1__RELEASE_HOLD_REQUEST__INIT;
	void *reply;
	any_visit_of(one);
	one->note.kind = NOTE_ENDED;
	request.appointment_id = one->note.id;
	ask(one, "Scheduling.ReleaseHold", &request.base, &reply);
	keep(one);
}

static FIBER void cancel(struct one *one)
{
	Soleus__V1__CancelAppointmentRequest request = SOLEUS__V1__CANCEL_APPOINTMENT_REQUEST__INIT;
	void *reply;
	any_visit_of(one);
	one->note.kind = NOTE_ENDED;
	request.appointment_id = one->note.id;
	ask(one, "Scheduling.CancelAppointment", &request.base, &reply);
	keep(one);
}

static FIBER void move(struct one *one)
{
	struct crowd_note *note = &one->note;
	Soleus__V1__RescheduleRequest request = SOLEUS__V1__RESCHEDULE_REQUEST__INIT;
	Soleus__V1__RescheduleReply *reply;
	any_visit_of(one);
	note->kind = NOTE_MOVED;
	note->practitioner = any(one, CROWD_PRACTITIONERS);
	note->starts_at = any_start(one);
	request.appointment_id = note->id;
	request.practitioner_id = one->crowd->practitioners[note->practitioner];
	request.starts_at = note->starts_at;
	if (status_is_ok(ask(one, "Scheduling.Reschedule", &request.base, &reply)))
		note->version = reply->appointment->version;
	keep(one);
}

/* A closure of a quarter of an hour now and then, and its end. */
static FIBER void close_or_open(struct one *one)
{
	struct crowd *crowd = one->crowd;
	Soleus__V1__Absence absence = SOLEUS__V1__ABSENCE__INIT;
	Soleus__V1__AddAbsenceRequest added = SOLEUS__V1__ADD_ABSENCE_REQUEST__INIT;
	Soleus__V1__RemoveAbsenceRequest removed = SOLEUS__V1__REMOVE_ABSENCE_REQUEST__INIT;
	Soleus__V1__AddAbsenceReply *reply;
	void *none;
	if (crowd->closed == AWAY_KEPT) { /* the oldest is the first that many call off */
		one->note.kind = NOTE_OPENED;
		strcpy(one->note.id, crowd->absences[any(one, AWAY_KEPT)]);
		removed.absence_id = one->note.id;
		ask(one, "Scheduling.RemoveAbsence", &removed.base, &none);
		if (any(one, 3) == 0)
			crowd->closed = 0;
		keep(one);
		return;
	}
	one->note.kind = NOTE_CLOSED;
	absence.practitioner_id = crowd->practitioners[any(one, CROWD_PRACTITIONERS)];
	absence.kind = "time_off";
	absence.title = "away";
	absence.starts_at = any_start(one);
	absence.ends_at = absence.starts_at + 15 * CLOCK_MINUTE_US;
	added.absence = &absence;
	if (status_is_ok(ask(one, "Scheduling.AddAbsence", &added.base, &reply))) {
		strcpy(one->note.id, reply->absence_id);
		if (crowd->closed < AWAY_KEPT)
			strcpy(crowd->absences[crowd->closed++], reply->absence_id);
	}
	keep(one);
}

FIBER void crowd_play(struct crowd *crowd, unsigned number)
{
	static FIBER void (*const commands[])(struct one * one) = {
		book,   book,   book,   book, hold, hold, confirm,     release,
		cancel, cancel, cancel, move, move, move, book_series, close_or_open};
	uint64_t random = crowd->play->seed ^
			  (UINT64_C(0xc0ffee) << 20 ^ number ^ (uint64_t)crowd->until << 40);
	struct arena *arena = arena_new(ARENA_BYTES);
	while (crowd->count < crowd->until) {
		struct one one = {.crowd = crowd, .arena = arena, .random = &random};
		unsigned drawn = crowd->made ? any(&one, sizeof(commands) / sizeof(*commands)) : 0;
		commands[drawn](&one);
		arena_reset(arena);
	}
	arena_free(arena);
}
